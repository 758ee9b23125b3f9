package dev.johwa.serve.router.proxy;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// Where a request stands among those that two releases share: found once, so that a second try does not go elsewhere.
final class Turn {
    private int place = -1;
    private boolean isBack;
    private @Nullable String cookie;
    private @Nullable Fate fate;

    /// From 0 to 9,999; negative while nobody asked.
    int place() {
        return place;
    }

    void stand(int found) {
        place = found;
    }

    /// What the answer is to ask the browser to remember.
    void remember(String field) {
        cookie = field;
    }

    /// The smaller part cannot be reached: the rest takes it.
    void goBack() {
        isBack = true;
    }

    boolean isBack() {
        return isBack;
    }

    /// What goes wrong with it on purpose; null while nobody drew.
    @Nullable
    Fate fate() {
        return fate;
    }

    void meets(Fate drawn) {
        fate = drawn;
    }

    /// A copy where there is something to add, as heads of files are made once.
    FullHttpResponse dressed(FullHttpResponse answer) {
        if (cookie == null) {
            return answer;
        }
        var own = answer.replace(answer.content());
        dress(own.headers());
        return own;
    }

    void dress(HttpHeaders headers) {
        if (cookie != null) {
            headers.add(HttpHeaderNames.SET_COOKIE, cookie);
        }
    }
}
