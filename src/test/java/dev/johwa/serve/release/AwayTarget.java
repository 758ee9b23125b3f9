package dev.johwa.serve.release;

import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.target.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// A target whose engine can be away: nothing can be started or ended then, and what runs counts as it did.
public final class AwayTarget {
    private static final Set<String> ASKING = Set.of("start", "begin", "stop", "remove", "kill", "discard");

    public final AtomicBoolean away = new AtomicBoolean();
    public final Target target;

    public AwayTarget(Target real) {
        target = (Target) Proxy.newProxyInstance(
                Target.class.getClassLoader(), new Class<?>[] {Target.class}, (self, method, words) -> {
                    if (away.get() && ASKING.contains(method.getName())) {
                        throw Problem.external("docker.down", "the container engine does not answer")
                                .exception();
                    }
                    try {
                        return method.invoke(real, words);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
