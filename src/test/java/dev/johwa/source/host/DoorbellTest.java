package dev.johwa.source.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.text.Hmac;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorbellTest {
    private static final String SECRET = "of this project";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sum(byte[] body) {
        return HexFormat.of().formatHex(Hmac.of(bytes(SECRET), body));
    }

    @Test
    void eachHostSignsInItsOwnWay() {
        var body = bytes("{\"repository\":{\"full_name\":\"acme/shop\"},\"sender\":{\"login\":\"octocat\"}}");
        var github = Map.of(
                "x-hub-signature-256", "sha256=" + sum(body), "x-github-event", "push", "x-github-delivery", "one");
        assertThat(Doorbell.read(github, body, SECRET)).satisfies(bell -> {
            assertThat(bell.repository()).isEqualTo("acme/shop");
            assertThat(bell.sender()).isEqualTo("octocat");
            assertThat(bell.ids()).containsExactly("one", sum(body));
        });
        var gitea = Map.of("x-gitea-signature", sum(body), "x-gitea-event", "push");
        assertThat(Doorbell.read(gitea, body, SECRET).event()).isEqualTo("push");
        var gitlab = Map.of("x-gitlab-token", SECRET, "x-gitlab-event", "Push Hook");
        var told = bytes("{\"project\":{\"path_with_namespace\":\"group/shop\"},\"user_username\":\"tanuki\"}");
        assertThat(Doorbell.read(gitlab, told, SECRET)).satisfies(bell -> {
            assertThat(bell.repository()).isEqualTo("group/shop");
            assertThat(bell.sender()).isEqualTo("tanuki");
        });
    }

    @Test
    void aFormCarriesJsonToo() {
        var body = bytes("payload=" + URLEncoder.encode("{\"zen\":\"Keep it\"}", StandardCharsets.UTF_8));
        var fields = Map.of(
                "x-hub-signature-256", "sha256=" + sum(body), "content-type", "application/x-www-form-urlencoded");
        assertThat(Doorbell.read(fields, body, SECRET).repository()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256=", "sha1=abc", "sha256=00", "abc"})
    void anythingElseIsNotKnown(String signature) {
        var body = bytes("{}");
        assertThatThrownBy(() -> Doorbell.read(Map.of("x-hub-signature-256", signature), body, SECRET))
                .hasMessageContaining("not signed");
        assertThatThrownBy(() -> Doorbell.read(Map.of("x-gitlab-token", signature), body, SECRET))
                .hasMessageContaining("not signed");
        var right = Map.of("x-hub-signature-256", "sha256=" + sum(body));
        assertThatThrownBy(() -> Doorbell.read(right, body, ""))
                .as("without a secret there is no webhook")
                .hasMessageContaining("not signed");
    }

    @Test
    void whatIsSignedAndNoJsonIsTold() {
        for (var text : new String[] {"{", "\u0000\u0001", "payload={}"}) {
            var body = bytes(text);
            var fields = Map.of("x-hub-signature-256", "sha256=" + sum(body));
            assertThatThrownBy(() -> Doorbell.read(fields, body, SECRET)).hasMessageContaining("no JSON");
        }
    }

    @Test
    void wordsOfStrangersMoveNoCursor() {
        var pull = new Pull(7, "a\u001b[2Jb\nc", "x".repeat(500), "0".repeat(40), "", "");
        assertThat(pull.title()).isEqualTo("a [2Jb c");
        assertThat(pull.author()).hasSizeLessThan(110);
        var body = bytes("{\"sender\":{\"login\":\"\u001b[31mred\"}}");
        var fields = Map.of("x-hub-signature-256", "sha256=" + sum(body));
        assertThatThrownBy(() -> Doorbell.read(fields, body, SECRET)).hasMessageContaining("no JSON");
    }
}
