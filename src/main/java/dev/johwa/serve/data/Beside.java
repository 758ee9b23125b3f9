package dev.johwa.serve.data;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.TerminalSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Starts commands in the container of a database that is a service of a compose file. Implemented by a later room.
@FunctionalInterface
public interface Beside {
    /// Where no container can be reached.
    Beside NONE = (owner, call) -> {
        throw Problem.resource("data.contained", owner + " is a container, and nothing runs now that reaches it")
                .hint("start the platform first: `johwa up`")
                .exception();
    };

    /// @throws dev.johwa.lib.problem.ProblemException when the container does not run
    Attached start(Owner owner, Call call);

    /// What to start.
    ///
    /// @param values beside those of the container
    /// @param terminal pipes when there is none
    record Call(List<String> command, Map<String, String> values, Optional<TerminalSize> terminal) {
        public Call {
            command = List.copyOf(command);
            values = Map.copyOf(values);
        }

        static Call of(List<String> command) {
            return new Call(command, Map.of(), Optional.empty());
        }
    }
}
