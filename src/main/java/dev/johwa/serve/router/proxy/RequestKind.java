package dev.johwa.serve.router.proxy;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;

/// What a request is, as far as its answer depends on it.
///
/// @param isOld of HTTP/1.0
/// @param isUpgrade to another protocol, when the instance agrees
/// @param isCall of gRPC, which goes on by HTTP/2; either side of one may be quiet for long, as its client sets a
/// deadline
record RequestKind(boolean isOld, boolean isHead, boolean isUpgrade, boolean isCall) {
    static RequestKind of(HttpRequest request, boolean isStream) {
        return new RequestKind(
                request.protocolVersion().minorVersion() == 0,
                request.method().equals(HttpMethod.HEAD),
                RequestHead.isUpgrade(request),
                isStream && RequestHead.isCall(request));
    }
}
