package dev.johwa.serve.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.build.cause.Cause;
import org.junit.jupiter.api.Test;

class ReasonTest {
    @Test
    void whatAnApplicationCannotSayIsKnownByHowItEnded() {
        assertThat(Reason.unsaid("web ended: out of memory"))
                .map(Cause::mend)
                .hasValueSatisfying(mend -> assertThat(mend).contains("limits: {memory: 1Gi}"));
        assertThat(Reason.unsaid("web does not listen on a port within 5 s"))
                .map(Cause::code)
                .contains("port.none");
        assertThat(Reason.unsaid("web ended: exit 1")).isEmpty();
    }
}
