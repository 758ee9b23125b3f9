/// Words under a signature, which whoever has the public key can check without us.
///
/// Face: [SigningKey], [Envelope], [VerifyingKey]. bytes → the form that is signed (DSSE, PAE) → Ed25519 → an envelope
/// in
/// JSON. Must never know what is signed.
@NullMarked
package dev.johwa.lib.sign;

import org.jspecify.annotations.NullMarked;
