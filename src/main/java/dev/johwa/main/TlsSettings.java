package dev.johwa.main;

import dev.johwa.serve.domain.DomainSettings.Binding;
import dev.johwa.serve.router.EdgeSettings.Opening;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// What `up` was told of names and TLS.
///
/// @param opening where TLS is answered, when it is
/// @param name of the control plane at the edge
/// @param strict how long browsers should remember to come by TLS, zero for not at all
/// @param authority address of the directory of a certificate authority that speaks ACME
/// @param mail to which it may write
/// @param binding by which it knows a customer, where it asks for one
record TlsSettings(
        Optional<Opening> opening,
        String name,
        Duration strict,
        Optional<String> authority,
        Optional<String> mail,
        Optional<Binding> binding) {
    static final TlsSettings NONE = new TlsSettings(
            Optional.empty(), "johwa.localhost", Duration.ZERO, Optional.empty(), Optional.empty(), Optional.empty());

    /// TLS on a free port of this machine, by a certificate that is made here.
    static TlsSettings ofItsOwn() {
        var opening = new Opening(new InetSocketAddress("127.0.0.1", 0), OptionalInt.empty());
        return new TlsSettings(Optional.of(opening), NONE.name, NONE.strict, NONE.authority, NONE.mail, NONE.binding);
    }
}
