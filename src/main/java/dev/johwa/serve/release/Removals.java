package dev.johwa.serve.release;

/// Takes an app out of an environment. Each step may be done again: what knows of it goes last, so that whoever finds
/// it half done after a crash can end it.
final class Removals {
    private final Ports ports;
    private final Steps steps;

    Removals(Ports ports, Steps steps) {
        this.ports = ports;
        this.steps = steps;
    }

    /// Ends what serves and forgets its releases; its data stays.
    ///
    /// @return whether there was something to remove
    boolean stop(AppEnvironment where) {
        return remove(where, () -> {});
    }

    /// The same with all of its data.
    boolean discard(AppEnvironment where) {
        return remove(where, () -> {
            ports.target().discard(where.name(), where.environment());
            ports.data().discard(Databases.owner(where));
        });
    }

    private boolean remove(AppEnvironment where, Runnable beforeItIsForgotten) {
        boolean known = steps.environments().isKnown(where);
        if (known) {
            steps.environments().serve(where, 0, 0);
            new ClosureStore(ports.database()).remove(where);
            steps.live().routes().apply();
            steps.live().fleet().stop(steps.instances().of(where));
            steps.live().fleet().endJobs(where);
            ports.visitors().forget(Entrances.place(where));
            beforeItIsForgotten.run();
            steps.store().delete(where);
        }
        return known;
    }
}
