package dev.johwa.lib.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/// Functions of the C library, bound when their class is first used.
final class Native {
    private static final Linker LINKER = Linker.nativeLinker();

    private Native() {}

    static MethodHandle function(String name, MemoryLayout gives, MemoryLayout... takes) {
        return function(name, List.of(), gives, takes);
    }

    static MethodHandle function(String name, List<Linker.Option> options, MemoryLayout gives, MemoryLayout... takes) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(gives, takes),
                options.toArray(Linker.Option[]::new));
    }

    @FunctionalInterface
    interface Function<T> {
        T call() throws Throwable;
    }

    /// A handle may throw anything by its type, and throws nothing.
    static <T> T call(Function<T> function) {
        try {
            return function.call();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
