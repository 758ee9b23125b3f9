package dev.johwa.serve.domain;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What the operators of the platform decided about names.
///
/// @param folder of certificates and keys
/// @param domain under which apps get their names
/// @param name of the control plane at the edge
/// @param strict how long browsers should remember to come by TLS, zero for not at all
/// @param authority address of the directory of a certificate authority that speaks ACME
/// @param mail to which it may write
/// @param binding by which it knows a customer, where it asks for one
public record DomainSettings(
        Path folder,
        String domain,
        String name,
        Duration strict,
        Optional<String> authority,
        Optional<String> mail,
        Optional<Binding> binding) {

    /// An account that exists at an authority (external account binding, RFC 8555 §7.3.4).
    ///
    /// @param id that the authority gave
    /// @param key in Base64 for addresses
    public record Binding(String id, String key) {
        /// A key is nothing to be printed.
        @Override
        public String toString() {
            return "Binding[" + id + "]";
        }
    }
}
