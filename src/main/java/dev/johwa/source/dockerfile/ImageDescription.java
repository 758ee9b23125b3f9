package dev.johwa.source.dockerfile;

import dev.johwa.lib.problem.Place;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a Dockerfile says of the image that one of its stages becomes. The images that it begins with may say more:
/// what they expose, run and label is known only to who has them.
///
/// @param stage name of the stage in lower case, or its number from 0
/// @param ports in the order in which they are written, ranges taken apart, each once
/// @param web the port to which visitors are led; empty for a worker
/// @param volumes folders in the container, in order
/// @param bases images that this stage and the stages it needs are made from, each once
/// @param needs what the builder must be able to do beyond the classic one
public record ImageDescription(
        String stage,
        List<Port> ports,
        Optional<WebPort> web,
        Optional<Healthcheck> healthcheck,
        Start start,
        List<String> volumes,
        Map<String, String> labels,
        List<Base> bases,
        List<Need> needs) {

    public ImageDescription {
        ports = List.copyOf(ports);
        volumes = List.copyOf(volumes);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        bases = List.copyOf(bases);
        needs = List.copyOf(needs);
    }

    /// Nothing that speaks HTTP is exposed.
    public boolean isWorker() {
        return web.isEmpty();
    }

    /// @param protocol `tcp`, `udp` or `sctp`
    public record Port(int number, String protocol) {
        public Port {
            if (number < 0 || number > 65_535) {
                throw new IllegalArgumentException("no port: " + number);
            }
        }

        /// As the configuration of an image writes it: `8080/tcp`.
        @Override
        public String toString() {
            return number + "/" + protocol;
        }
    }

    /// @param why this one, for a person: a part of a sentence
    /// @param path that the health check asks at this port; empty when it tells none
    public record WebPort(int number, String why, Optional<String> path) {}

    /// How its process starts; what is empty is as in the base image.
    ///
    /// @param entrypoint argv, with the shell before it where it was written as text
    /// @param command argv of CMD, the same way
    /// @param user `name`, `uid`, or either with `:group`
    /// @param stopSignal as written: `SIGQUIT`, `QUIT` or `3`
    public record Start(
            List<String> entrypoint,
            List<String> command,
            Optional<String> user,
            Optional<String> folder,
            Optional<String> stopSignal) {
        public Start {
            entrypoint = List.copyOf(entrypoint);
            command = List.copyOf(command);
        }
    }

    /// @param test as the configuration of an image has it: `CMD` and argv, `CMD-SHELL` and a line, or `NONE`, which
    /// switches off that of the base image
    /// @param interval zero for the default of who runs it, as all that follow
    public record Healthcheck(
            List<String> test,
            Duration interval,
            Duration timeout,
            Duration startPeriod,
            Duration startInterval,
            int retries) {
        public Healthcheck {
            test = List.copyOf(test);
        }
    }

    /// An image that is not made here.
    ///
    /// @param reference with its build arguments resolved; may be no image that exists
    /// @param platform as `--platform` says, resolved
    public record Base(String reference, Optional<String> platform, Place where) {}

    /// Something that the classic builder of Docker's Engine cannot do and BuildKit can.
    ///
    /// @param feature `heredoc`, `RUN --mount=type=cache`, `COPY --link`, …
    public record Need(String feature, Place where) {}
}
