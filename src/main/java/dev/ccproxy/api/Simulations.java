package dev.ccproxy.api;

import dev.ccproxy.api.form.SimulationForm;
import dev.ccproxy.api.form.SimulationForm.CheckForm;
import dev.ccproxy.api.form.SimulationForm.ExplanationForm;
import dev.ccproxy.api.form.SimulationForm.RecordedForm;
import dev.ccproxy.api.form.SimulationForm.RuleForm;
import dev.ccproxy.api.form.SimulationForm.RuleTriedForm;
import dev.ccproxy.api.form.SimulationForm.TakenForm;
import dev.ccproxy.api.form.SimulationForm.TrialForm;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.RouteTaken;
import dev.ccproxy.routing.Router;
import dev.ccproxy.routing.Rule;
import dev.ccproxy.simulation.Explanation;
import dev.ccproxy.simulation.Trial;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows what rules make of recorded exchanges. */
final class Simulations {

    private Simulations() {}

    static SimulationForm form(Router rules, @Nullable Explanation explanation, @Nullable Trial trial) {
        return new SimulationForm(
                rules.rules().stream().map(rule -> rule(rule, trial)).toList(),
                explanation == null ? null : explanation(explanation),
                trial == null ? null : trial(trial));
    }

    private static RuleForm rule(Rule rule, @Nullable Trial trial) {
        Map<String, List<String>> conditions = new LinkedHashMap<>();
        rule.made().forEach((condition, wanted) -> conditions.put(condition.word(), wanted));
        long taken = trial == null
                ? 0
                : trial.taken().stream()
                        .filter(each -> each.rule().name().equals(rule.name()))
                        .count();
        return new RuleForm(
                rule.name(), conditions, rule.targetWords(), rule.refusal().orElse(null), (int) taken);
    }

    private static ExplanationForm explanation(Explanation explanation) {
        ExchangeSummary exchange = explanation.exchange();
        Explanation.Agent agent = explanation.agent();
        RouteTaken recorded = explanation.recorded();
        return new ExplanationForm(
                exchange.id().toString(),
                exchange.at().toEpochMilli(),
                explanation.decided() == null ? null : explanation.decided().name(),
                explanation.unknown(),
                explanation.notAsked(),
                agent == null ? null : agent.name(),
                agent == null ? null : agent.file().map(Path::toString).orElse(null),
                explanation.rules().stream().map(Simulations::tried).toList(),
                recorded == null ? null : new RecordedForm(recorded.rule(), recorded.provider(), recorded.model()));
    }

    private static RuleTriedForm tried(Explanation.Tried tried) {
        return new RuleTriedForm(
                tried.rule().name(),
                tried.verdict(),
                tried.checks().stream()
                        .map(check ->
                                new CheckForm(check.condition().word(), check.wanted(), check.found(), check.verdict()))
                        .toList());
    }

    private static TrialForm trial(Trial trial) {
        return new TrialForm(
                trial.looked(),
                trial.unknown(),
                trial.since() == null ? null : trial.since().toEpochMilli(),
                trial.taken().stream().map(Simulations::taken).toList());
    }

    private static TakenForm taken(Trial.Taken taken) {
        ExchangeSummary exchange = taken.exchange();
        return new TakenForm(
                exchange.id().toString(),
                exchange.at().toEpochMilli(),
                taken.rule().name(),
                exchange.kind(),
                exchange.path(),
                exchange.requestedModel(),
                exchange.sessionId(),
                exchange.agentId(),
                exchange.findings().labels().agent());
    }
}
