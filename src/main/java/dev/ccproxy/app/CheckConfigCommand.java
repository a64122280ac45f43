package dev.ccproxy.app;

import dev.ccproxy.config.Configuration;
import dev.ccproxy.config.EffectiveSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** Prints every effective setting and where it comes from, or only the values of those asked for. */
final class CheckConfigCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final SettingsOptions options;
    private final List<String> wanted = new ArrayList<>();

    private CheckConfigCommand(Surroundings surroundings, SettingsOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    static CommandSpec spec(Surroundings surroundings, SettingsOptions options) {
        CheckConfigCommand command = new CheckConfigCommand(surroundings, options);
        CommandSpec spec = ProgramCommands.spec("check-config", command);
        spec.usageMessage().description("Print every effective setting and where it comes from, secrets hidden.", "");
        return spec.addOption(OptionSpec.builder("--get")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel("KEY")
                .description("Print only the value of this key, such as server.port; may be given several times.")
                .setter(command.new Wanted())
                .build());
    }

    @Override
    public Integer call() {
        return options.load().map(this::print).orElse(ExitCodes.WRONG_CONFIGURATION);
    }

    private int print(Configuration.Valid configuration) {
        List<EffectiveSetting> effective = configuration.effective();
        if (wanted.isEmpty()) {
            table(effective);
            return ExitCodes.DONE;
        }
        for (String key : wanted) {
            Optional<EffectiveSetting> setting =
                    effective.stream().filter(it -> it.key().equals(key)).findFirst();
            if (setting.isEmpty()) {
                surroundings.errors().println("ccproxy: there is no setting " + key);
                return ExitCodes.WRONG_USE;
            }
            surroundings.output().println(setting.get().value());
        }
        return ExitCodes.DONE;
    }

    private void table(List<EffectiveSetting> effective) {
        int keyWidth = width(effective.stream().map(EffectiveSetting::key).toList());
        int valueWidth = width(effective.stream().map(EffectiveSetting::value).toList());
        for (EffectiveSetting setting : effective) {
            surroundings
                    .output()
                    .println("%s = %s  (%s)"
                            .formatted(
                                    padded(setting.key(), keyWidth),
                                    padded(setting.value(), valueWidth),
                                    setting.origin().description()));
        }
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    /** Without a getter, picocli hands over each occurrence as a list of its own. */
    private final class Wanted implements ISetter {
        @Override
        public <T> @Nullable T set(@Nullable T value) {
            if (value instanceof List<?> keys) {
                keys.forEach(key -> wanted.add(String.valueOf(key)));
            }
            return null;
        }
    }
}
