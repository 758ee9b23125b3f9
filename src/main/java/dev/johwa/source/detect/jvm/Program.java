package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.jvm.Sources.Main;
import java.util.List;
import java.util.Optional;

/// A way to start a module.
///
/// @param module its folder, `.` for the root
/// @param file that tells of it, where no source does
/// @param why how it is started, for a person: `Spring Boot`, `a jar with all it needs`
/// @param goals that the build tool has to reach beside packaging
/// @param layers folders of dependencies that it leaves, relative to the root
record Program(
        String module,
        String file,
        String why,
        Framework framework,
        List<String> command,
        List<String> goals,
        List<String> layers,
        Optional<Main> main) {}
