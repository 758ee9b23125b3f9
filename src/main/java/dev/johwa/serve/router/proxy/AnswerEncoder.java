package dev.johwa.serve.router.proxy;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/// Writes answers. The answer to HEAD has the head of the answer to GET and no body, whatever its head says.
final class AnswerEncoder extends HttpResponseEncoder {
    private boolean bodyless;

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        return bodyless || super.isContentAlwaysEmpty(response);
    }

    /// Said before the head of an answer is written.
    void next(boolean withoutBody) {
        bodyless = withoutBody;
    }
}
