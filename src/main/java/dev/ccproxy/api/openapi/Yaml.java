package dev.ccproxy.api.openapi;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON in the form that people like to read. */
final class Yaml {

    private static final int LINE_WIDTH = 120;

    private Yaml() {}

    static String of(JsonNode json) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(LINE_WIDTH)
                .setSplitLines(true)
                .build();
        return new Dump(settings).dumpToString(JsonMapper.shared().treeToValue(json, Object.class));
    }
}
