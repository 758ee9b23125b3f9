package dev.johwa.serve.domain;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/// Where answers to an authority's questions are given, until they are taken back.
interface Questions {
    /// Asked by plain HTTP under the name.
    void answer(String token, String text);

    /// Asked within a handshake for the name.
    void answer(String name, X509Certificate proof, PrivateKey key);

    void takeBack();
}
