package dev.johwa.watch.chaos;

import dev.johwa.lib.process.Attached;
import dev.johwa.serve.release.Stage;
import dev.johwa.serve.router.Trouble;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A fault that we began, with what ends it.
///
/// @param trouble what the edge does
/// @param burners that run within instances
record On(Fault fault, Stage stage, Optional<Trouble> trouble, List<Attached> burners) {
    On(Fault fault, Stage stage, Optional<Trouble> trouble) {
        this(fault, stage, trouble, new CopyOnWriteArrayList<>());
    }
}
