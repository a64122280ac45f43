package dev.ccproxy.api;

import dev.ccproxy.api.form.RawJson;
import dev.ccproxy.api.form.SettingsForm;
import dev.ccproxy.api.form.SettingsForm.SettingForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.config.EffectiveSetting;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Call;
import dev.ccproxy.json.Json;
import dev.ccproxy.spelling.NearestWord;
import dev.ccproxy.storage.KeptSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Shows all settings, and takes those that can be made on the dashboard. What is configured is shown locked: a value kept in
 * the store never overrides one.
 */
final class SettingsRoute {

    private static final int MOST_BYTES = 64 << 10;

    private final KeptSettings kept;
    private final List<EffectiveSetting> configured;
    private final Json json = new Json();

    SettingsRoute(KeptSettings kept, List<EffectiveSetting> configured) {
        this.kept = kept;
        this.configured = configured;
    }

    Answer show(Call call) {
        return shown();
    }

    /** Takes an object of names and values; null takes a value back. All of them are taken, or none. */
    Answer change(Call call) throws InterruptedException {
        if (call.body().length() > MOST_BYTES) {
            return refuse("The settings are larger than " + MOST_BYTES + " bytes.");
        }
        Optional<JsonNode> body = json.tree(call.body()).filter(JsonNode::isObject);
        if (body.isEmpty()) {
            return refuse("The body is no JSON object of names and values.");
        }
        Map<String, Optional<String>> changes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> member : body.get().properties()) {
            String complaint = complaint(member.getKey(), member.getValue());
            if (complaint != null) {
                return refuse(complaint);
            }
            boolean back = member.getValue().isNull();
            changes.put(member.getKey(), back ? Optional.empty() : Optional.of(json.text(member.getValue())));
        }
        kept.change(changes);
        return shown();
    }

    private @Nullable String complaint(String name, JsonNode value) {
        Optional<DashboardSetting> setting = DashboardSetting.named(name);
        if (setting.isEmpty()) {
            return unknown(name);
        }
        return value.isNull()
                ? null
                : setting.get()
                        .complaint(value)
                        .map(complaint -> "`" + name + "` " + complaint + ".")
                        .orElse(null);
    }

    private String unknown(String name) {
        for (EffectiveSetting each : configured) {
            if (each.key().equals(name)) {
                return "`" + name + "` is configured (" + each.origin().description() + ") and cannot be changed here.";
            }
        }
        String shown = name.length() <= 60 ? name : name.substring(0, 60) + "...";
        return "`" + shown + "` is no setting of the dashboard; "
                + NearestWord.to(shown, DashboardSetting.names())
                        .map(meant -> "did you mean `" + meant + "`?")
                        .orElse("there are " + String.join(", ", DashboardSetting.names()) + ".");
    }

    private Answer shown() {
        Map<String, String> made = kept.all();
        List<SettingForm> settings = new ArrayList<>();
        for (DashboardSetting setting : DashboardSetting.values()) {
            String value = made.get(setting.settingName());
            settings.add(new SettingForm(
                    setting.settingName(),
                    new RawJson(value == null ? setting.otherwise() : value),
                    false,
                    value == null ? "default" : "dashboard"));
        }
        for (EffectiveSetting each : configured) {
            settings.add(new SettingForm(
                    each.key(),
                    new RawJson(json.text(each.value())),
                    true,
                    each.origin().description()));
        }
        return JsonForm.answer(200, new SettingsForm(settings));
    }

    private static Answer refuse(String complaint) {
        return Problem.badSetting(complaint).answer();
    }
}
