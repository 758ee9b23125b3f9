package dev.johwa.door.api;

import java.util.List;
import java.util.Map;

/// Environment values that people set for an app in an environment.
public record EnvList(Map<String, String> values) {

    /// Names of secrets; what they are is never told.
    public record Secrets(List<String> secrets) {}

    /// What to change, of values or of secrets.
    public record Change(Map<String, String> set, List<String> remove) {
        @SuppressWarnings("ConstantValue") // a document may leave either out
        public Change {
            set = set == null ? Map.of() : Map.copyOf(set);
            remove = remove == null ? List.of() : List.copyOf(remove);
        }
    }
}
