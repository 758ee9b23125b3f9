package dev.johwa.watch.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an experiment can reach.
interface World {
    /// It could not be done, or took too long.
    final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failed(String why) {
            super(why);
        }
    }

    /// A request.
    ///
    /// @param body empty for none
    record Ask(String url, String method, Map<String, String> headers, byte[] body, Optional<Duration> limit) {}

    /// An answer.
    record Answer(int status, Map<String, String> headers, byte[] body) {}

    /// How a program ended.
    record Ended(int status, String out, String err) {}

    /// @throws Failed where no answer comes
    Answer ask(Ask ask);

    /// @throws Failed when it takes too long, or cannot be started
    Ended run(List<String> command, Optional<Duration> limit);

    /// Does a fault, or undoes those that are.
    ///
    /// @return what was done, for a person
    /// @throws Failed when it may not be done, or cannot
    String act(OwnWords words);

    /// Lets time go by; returns early when nobody wants the experiment any more.
    void pause(Duration time);

    /// Why it is to end; empty while it is not.
    Optional<String> ending();

    Instant now();

    /// Says how it goes.
    void say(String line);

    /// A text without secrets.
    String hidden(String text);

    /// Does something beside.
    ///
    /// @return waits for its end
    Runnable beside(Runnable work);
}
