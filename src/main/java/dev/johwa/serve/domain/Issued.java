package dev.johwa.serve.domain;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// A certificate with those above it, and its key.
record Issued(List<X509Certificate> chain, PrivateKey key) {}
