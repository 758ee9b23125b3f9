package dev.johwa.watch.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.watch.notice.Notices.Outside;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Webhooks in the forms that Alertmanager and Grafana publish.
class OutsideAlertsTest {
    private static final AppEnvironment API = new AppEnvironment("shop", "api", "production");

    private static final String ALERTMANAGER = """
            {"version": "4", "groupKey": "{}:{alertname=\\"Slow\\"}", "truncatedAlerts": 0, "status": "firing",
             "receiver": "johwa", "groupLabels": {"alertname": "Slow"}, "commonLabels": {}, "commonAnnotations": {},
             "externalURL": "http://alertmanager.example.com:9093",
             "alerts": [
               {"status": "firing", "labels": {"alertname": "Slow", "app": "shop/api", "severity": "page"},
                "annotations": {"summary": "Answers take\\n 3 s"}, "startsAt": "2026-11-27T10:00:00Z",
                "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "http://prometheus", "fingerprint": "c1a2b3"},
               {"status": "firing", "labels": {"alertname": "JohwaWatchdog", "severity": "none"}, "annotations": {},
                "startsAt": "2026-11-27T10:00:00Z", "fingerprint": "d4"}]}
            """;

    private static final String GRAFANA = """
            {"receiver": "johwa", "status": "resolved", "orgId": 1, "version": "1", "title": "[RESOLVED]", "state": "ok",
             "alerts": [
               {"status": "resolved", "labels": {"alertname": "Disk", "app": "unknown", "environment": "production"},
                "annotations": {"description": "It fills"}, "startsAt": "2026-11-27T10:00:00Z",
                "endsAt": "2026-11-27T10:05:00Z", "values": {"B": 22, "C": 1}, "fingerprint": "", "silenceURL": "x"}]}
            """;

    private static List<Outside> read(String text) {
        return OutsideAlerts.read(Json.tree(text), API::equals);
    }

    @Test
    void anAlertOfAnAppIsOfItsPlaceAndOneThatAlwaysFiresOfNone() {
        var read = read(ALERTMANAGER);
        assertThat(read).hasSize(1);
        assertThat(read.getFirst().isFiring()).isTrue();
        var sign = read.getFirst().sign();
        assertThat(sign.project()).isEqualTo("shop");
        assertThat(sign.mark()).isEqualTo("2026-11-27T10:00:00Z");
        assertThat(sign.words().headline()).isEqualTo("shop/api: Answers take 3 s");
        assertThat(Place.of(sign.key(), sign.project())).isEqualTo(Place.serving("shop", "api", "production"));
    }

    @Test
    void oneThatNamesNoAppThatIsHereIsOfThePlatform() {
        var alert = read(GRAFANA).getFirst();
        assertThat(alert.isFiring()).isFalse();
        assertThat(alert.sign().project()).isEmpty();
        assertThat(Place.of(alert.sign().key(), "").isServing()).isFalse();
        assertThat(alert.sign().key()).matches("outside:::[0-9a-f]{64}");
    }

    @Test
    void whatIsNoWebhookIsRefused() {
        for (var wrong : List.of("[]", "{}", "{\"alerts\": 3}", "{\"alerts\": [{\"status\": \"odd\"}]}")) {
            assertThatThrownBy(() -> read(wrong)).as(wrong).isInstanceOf(ProblemException.class);
        }
        assertThatThrownBy(() -> read("{\"alerts\": [" + "{},".repeat(500) + "{}]}"))
                .hasMessageContaining("501 alerts");
    }
}
