package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** Every setting with the value that holds. */
public record SettingsForm(List<SettingForm> settings) {

    /** One of them. */
    public record SettingForm(
            String name,

            @JsonPropertyDescription("JSON of any kind; of a configured setting, a text, with secrets masked.")
            RawJson value,

            @JsonPropertyDescription("Whether it stands in the configuration, which the dashboard does not change.")
            boolean locked,

            @JsonPropertyDescription("Where the value was said: default, dashboard, or a place of the configuration.")
            String origin) {}
}
