package dev.johwa.serve.data;

import dev.johwa.build.pipeline.TestDatabases;

/// Databases for tests: those that an app has in production or that its settings name, made anew for one run and
/// removed after it.
public final class LentDatabases implements TestDatabases {
    /// No branch and no environment has a name with a colon.
    private static final String TEST = "test:";

    private final Data data;

    public LentDatabases(Data data) {
        this.data = data;
    }

    static boolean isLent(Owner owner) {
        return owner.environment().startsWith(TEST);
    }

    @Override
    public Lent lend(Wanted wanted) {
        var owner = new Owner(wanted.project(), wanted.app(), TEST + wanted.name());
        var kinds = data.wanted(new Owner(wanted.project(), wanted.app(), "production"), wanted.data());
        kinds.keySet().removeAll(wanted.given());
        try {
            kinds.forEach((variable, kind) -> data.add(owner, kind, variable, line -> {}));
            return new Lent(data.addresses(owner), data.client(owner), () -> data.discard(owner));
        } catch (RuntimeException e) {
            data.discard(owner);
            throw e;
        }
    }
}
