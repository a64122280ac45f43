package dev.ccproxy.api;

import dev.ccproxy.api.form.DrainingResponseForm;
import dev.ccproxy.api.form.HealthyForm;
import dev.ccproxy.api.form.LivezResponseForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Call;
import dev.ccproxy.storage.StoreHealth;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/** What load balancers, supervisors and people ask: does it live, is it to get work. */
final class HealthChecks {

    private final ServiceState state;
    private final Supplier<StoreHealth> recording;
    private final Clock clock;

    HealthChecks(ServiceState state, Supplier<StoreHealth> recording, Clock clock) {
        this.state = state;
        this.recording = recording;
        this.clock = clock;
    }

    /** Says nothing about recording: a proxy that cannot record still forwards. */
    Answer health(Call call) {
        return isDraining()
                ? JsonForm.answer(503, new DrainingResponseForm("draining", now()))
                : JsonForm.answer(200, new HealthyForm("healthy", now()));
    }

    Answer live(Call call) {
        return JsonForm.answer(
                200,
                new LivezResponseForm(
                        "alive",
                        state.inFlight(),
                        isDraining(),
                        now(),
                        LivezResponseForm.Recording.of(recording.get())));
    }

    Answer ready(Call call) {
        ServiceState.Phase phase = state.phase();
        return phase == ServiceState.Phase.READY
                ? JsonForm.answer(200, new HealthyForm("ready", now()))
                : JsonForm.answer(503, new DrainingResponseForm(phase.word(), now()));
    }

    private boolean isDraining() {
        return state.phase() == ServiceState.Phase.DRAINING;
    }

    private String now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
