package dev.johwa.source.detect.python;

import dev.johwa.source.detect.version.PlainVersion;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// For which Python a version of a package in C or Rust was compiled by its makers. On a newer one pip would compile it
/// from its source, which takes minutes, wants compilers and libraries, and mostly fails. A project that names such a
/// version was written on a Python of its time, and runs on that.
///
/// The rows are what PyPI holds for each release: those below a version have wheels for no Python from the number on.
final class Wheels {
    private static final String ROWS = """
            aiohttp 3.7:3.9 3.8:3.10 3.8.2:3.11 3.9:3.12 3.10:3.13
            cffi 1.14.3:3.9 1.15:3.10 1.15.1:3.11 1.16:3.12 1.17:3.13
            gevent 20.9:3.9 21.12:3.10 22.10:3.11 23.9:3.12 24.10:3.13
            greenlet 0.4.17:3.9 1.1.2:3.10 2.0:3.11 3.0:3.12 3.1:3.13
            grpcio 1.33:3.9 1.41:3.10 1.49.1:3.11 1.59:3.12 1.66.2:3.13
            httptools 0.2:3.9 0.4:3.10 0.5:3.11 0.6.1:3.12 0.6.4:3.13
            lxml 4.6:3.9 4.6.4:3.10 4.9.2:3.11 4.9.3:3.12 5.3:3.13
            matplotlib 3.3.3:3.9 3.5:3.10 3.6:3.11 3.8:3.12 3.9.2:3.13
            numpy 1.17.3:3.8 1.19.3:3.9 1.21.2:3.10 1.23.2:3.11 1.26:3.12 2.1:3.13
            pandas 1.0:3.8 1.1.3:3.9 1.3.3:3.10 1.5.1:3.11 2.1.1:3.12 2.2.3:3.13
            pillow 6.2.1:3.8 8.0:3.9 8.4:3.10 9.3:3.11 10.1:3.12 11.0:3.13
            psycopg2-binary 2.8.4:3.8 2.8.6:3.9 2.9.2:3.10 2.9.5:3.11 2.9.8:3.12 2.9.10:3.13
            pyarrow 3.0:3.9 6.0:3.10 10.0:3.11 14.0:3.12 18.0:3.13
            scikit-learn 0.22:3.8 0.24:3.9 1.0.2:3.10 1.1.3:3.11 1.3.1:3.12 1.5.2:3.13
            scipy 1.3.2:3.8 1.5.4:3.9 1.7.2:3.10 1.9.2:3.11 1.11.2:3.12 1.14.1:3.13
            tensorflow 2.2:3.8 2.5:3.9 2.8:3.10 2.12:3.11 2.16:3.12 2.20:3.13
            torch 1.4:3.8 1.8:3.9 1.11:3.10 1.13:3.11 2.2:3.12 2.5:3.13
            ujson 4.0:3.9 4.2:3.10 5.6:3.11 5.8:3.12
            uvloop 0.15:3.9 0.17:3.11 0.18:3.12 0.21:3.13
            """;

    private record Step(String below, String python) {}

    private static final Map<String, Step[]> STEPS = ROWS.lines()
            .map(line -> line.split(" "))
            .collect(Collectors.toUnmodifiableMap(words -> words[0], Wheels::steps));

    private Wheels() {}

    private static Step[] steps(String[] words) {
        return Arrays.stream(words)
                .skip(1)
                .map(word -> word.split(":"))
                .map(pair -> new Step(pair[0], pair[1]))
                .toArray(Step[]::new);
    }

    /// The first Python that has none; empty where all have, or nothing is known.
    ///
    /// @param name as PyPI normalizes it
    /// @param version exact
    static Optional<String> missingFrom(String name, String version) {
        return Arrays.stream(STEPS.getOrDefault(name, new Step[0]))
                .filter(step -> PlainVersion.ORDER.compare(version, step.below()) < 0)
                .map(Step::python)
                .findFirst();
    }
}
