package dev.johwa.watch.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.johwa.Kept;
import dev.johwa.Wait;
import dev.johwa.build.pipeline.RunFinished;
import dev.johwa.lib.mail.Letterbox;
import dev.johwa.lib.mail.MailServer;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.backup.BackupFailed;
import dev.johwa.serve.backup.BackupRecovered;
import dev.johwa.serve.release.InstanceCrashed;
import dev.johwa.serve.schedule.JobFailed;
import dev.johwa.serve.schedule.JobMissed;
import dev.johwa.serve.schedule.JobResumed;
import dev.johwa.serve.schedule.JobSkipped;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// From a fact to a real receiver.
@ParameterizedClass
@EnumSource(Kept.class)
class NoticesTest {
    @Parameter
    Kept kept;

    @TempDir
    Path folder;

    private Surroundings around;
    private Hook hook;

    @BeforeEach
    void open() {
        around = new Surroundings(folder, kept, Duration.ofSeconds(20));
        hook = new Hook();
    }

    @AfterEach
    void close() {
        hook.close();
        around.close();
    }

    private static RunFinished run(int number, String commit, String outcome) {
        return new RunFinished(
                "shop", number, "refs/heads/main", commit, outcome, "tests failed: s3cret-token", 12, 1, 900);
    }

    private static InstanceCrashed crash(int times) {
        return new InstanceCrashed("shop", "shop", "production", 7, "shop-1", "exit 1", times);
    }

    /// As the minute does, since one that is being told is passed over.
    private void look(BooleanSupplier holds) {
        Wait.eventually(() -> {
            around.notices.look();
            return holds.getAsBoolean();
        });
    }

    private void awaitTypes(String... types) {
        Wait.eventually(() -> hook.got().size() >= types.length);
        assertThat(hook.types()).containsExactly(types);
    }

    @Test
    void aFailureIsToldOnceAndOnceThatItIsOver() {
        around.add(Way.WEBHOOK, hook.url("/hook"));
        var first = around.hear(run(12, "a1", "failed"));
        awaitTypes("releases.failed");
        // The same fact and the same commit again are nothing new, also to one who was killed in between.
        around.notices.hear(first);
        around.restart();
        around.notices.hear(first);
        around.hear(run(13, "a1", "failed"));
        around.hear(run(14, "b2", "failed"));
        awaitTypes("releases.failed", "releases.failed");
        around.hear(run(15, "b3", "cancelled"));
        around.hear(run(101, "c1", "failed"));
        around.hear(run(16, "c3", "passed"));
        around.hear(run(17, "c4", "passed"));
        awaitTypes("releases.failed", "releases.failed", "releases.recovered");

        var told = hook.got().getFirst().json().path("data");
        assertThat(told.path("headline").asString()).isEqualTo("Run 12 of shop failed: tests failed: ***");
        assertThat(told.path("subject").asString()).isEqualTo("shop: release to production");
        assertThat(told.path("link").asString()).isEqualTo("https://johwa.example.com/shop/runs/12");
        assertThat(told.path("details").path("Commit").asString()).isEqualTo("a1 Fill the basket");
        assertThat(told.path("details").path("Pushed by").asString()).isEqualTo("kim");
        assertThat(told.path("lastWords").get(0).asString()).isEqualTo("npm ERR! token ***");
        assertThat(around.notices.told(project -> true, 5).getFirst().ended()).isPresent();
    }

    @Test
    void aRefusedPushIsNobodyElsesMatter() {
        around.add(Way.WEBHOOK, hook.url("/hook"));
        around.hear(run(Surroundings.REFUSED, "a1", "failed"));
        assertThat(around.notices.told(project -> true, 5)).isEmpty();

        around.hear(run(14, "b2", "failed"));
        awaitTypes("releases.failed");
        around.hear(run(Surroundings.REFUSED, "c1", "failed"));
        assertThat(around.notices.told(project -> true, 5))
                .singleElement()
                .satisfies(told -> assertThat(told.ended()).isEmpty());
    }

    @Test
    void aWebhookIsSignedSoThatAnotherImplementationOfTheStandardAgrees() throws Exception {
        var secret = around.add(Way.WEBHOOK, hook.url("/hook"), "", Duration.ZERO)
                .secret()
                .orElseThrow();
        // Its clock is the machine's.
        around.clock.set(java.time.Instant.now());
        around.hear(new BackupFailed("/mnt/backup", "backup", "no space left"));
        awaitTypes("backups.failed");
        var got = hook.got().getFirst();
        assertThat(secret).startsWith("whsec_");
        new Webhook(secret).verify(got.body(), headers(got.headers()));
        assertThatThrownBy(() -> new Webhook(secret).verify(got.body() + " ", headers(got.headers())))
                .isInstanceOf(WebhookVerificationException.class);
    }

    private static HttpHeaders headers(Map<String, String> plain) {
        var lists = new HashMap<String, List<String>>();
        plain.forEach((name, value) -> lists.put(name, List.of(value)));
        return HttpHeaders.of(lists, (name, value) -> true);
    }

    @Test
    void aLoopOfCrashesIsOneThingAndIsOverAfterFiveQuietMinutes() {
        around.add(Way.WEBHOOK, hook.url("/hook"));
        for (int times = 1; times <= 9; times++) {
            around.hear(crash(times));
            around.clock.advance(Duration.ofSeconds(30));
        }
        around.notices.look();
        awaitTypes("crashes.failed");
        around.clock.advance(Duration.ofMinutes(4));
        around.notices.look();
        assertThat(hook.got()).hasSize(1);
        around.clock.advance(Duration.ofMinutes(1));
        around.notices.look();
        awaitTypes("crashes.failed", "crashes.recovered");
        assertThat(hook.got()
                        .getFirst()
                        .json()
                        .path("data")
                        .path("lastWords")
                        .get(0)
                        .asString())
                .isEqualTo("Error: no basket & <nothing>");
    }

    @Test
    void whatComesAndGoesIsToldThreeTimesAndThenMustProveThatItStaysAway() {
        around.add(Way.WEBHOOK, hook.url("/hook"));
        for (int i = 0; i < 20; i++) {
            around.hear(new BackupFailed("/mnt/backup", "backup", "no space left"));
            int failed = Math.min(5, 2 * i + 1);
            Wait.eventually(() -> lookedAndGot(failed));
            around.hear(new BackupRecovered("/mnt/backup", "backup"));
            int recovered = Math.min(5, 2 * i + 2);
            Wait.eventually(() -> lookedAndGot(recovered));
            around.clock.advance(Duration.ofMinutes(1));
        }
        around.clock.advance(Duration.ofHours(1));
        Wait.eventually(() -> lookedAndGot(6));
        assertThat(hook.types())
                .containsExactly(
                        "backups.failed",
                        "backups.recovered",
                        "backups.failed",
                        "backups.recovered",
                        "backups.failed",
                        "backups.recovered");
    }

    /// Words that wait together are sent as one: here each is on its way before the next.
    private boolean lookedAndGot(int words) {
        around.notices.look();
        return hook.got().size() >= words;
    }

    @Test
    void lettersOfOneThingAreOneThreadAndTellAllThatHelps() throws Exception {
        try (var box = Letterbox.open()) {
            around.notices.mailServer(
                    MailServer.read("smtp://localhost:" + box.port(), "Johwa <johwa@example.com>", false));
            around.add(Way.MAIL, "ops@example.com", Kind.RELEASES);
            around.hear(crash(9));
            around.hear(run(12, "a1", "failed"));
            Wait.eventually(() -> box.letters().size() == 1);
            around.clock.advance(Duration.ofMinutes(10));
            around.hear(run(13, "b2", "passed"));
            Wait.eventually(() -> box.letters().size() == 2);

            var failed = box.letters().get(0);
            var over = box.letters().get(1);
            assertThat(failed.getSubject()).isEqualTo("[failed] shop: release to production");
            assertThat(over.getSubject()).isEqualTo("[recovered] shop: release to production");
            assertThat(over.getHeader("References")).isEqualTo(failed.getHeader("References"));
            assertThat(over.getMessageID()).isNotEqualTo(failed.getMessageID());
            var text = part(failed, 0);
            assertThat(text)
                    .contains("Run 12 of shop failed: tests failed: ***")
                    .contains("Pushed by    kim")
                    .contains("npm needs a lock file")
                    .contains("  <script>")
                    .contains("https://johwa.example.com/shop/runs/12")
                    .contains("johwa notify remove");
            assertThat(part(failed, 1)).contains("&lt;script&gt;").doesNotContain("<script>", "s3cret-token");
            assertThat(part(over, 0)).contains("It lasted  10 m").doesNotContain("npm ERR!");
        }
    }

    private static String part(jakarta.mail.internet.MimeMessage letter, int number) throws Exception {
        var forms = (jakarta.mail.internet.MimeMultipart) letter.getContent();
        return ((String) forms.getBodyPart(number).getContent()).replace("\r\n", "\n");
    }

    @Test
    void slackGetsItsOwnFormWithItsThreeLettersMadeHarmless() {
        around.add(Way.SLACK, hook.url("/services/T1/B2"));
        around.hear(crash(4));
        Wait.eventually(() -> hook.got().size() == 1);
        var message = hook.got().getFirst().json();
        assertThat(message.path("text").asString())
                .startsWith("shop keeps ending in production: 4 times in a row")
                .endsWith("<https://johwa.example.com/shop|more>");
        var attachment = message.path("attachments").get(0);
        assertThat(attachment.path("text").asString()).contains("Error: no basket &amp; &lt;nothing&gt;");
        assertThat(attachment.path("color").asString()).isEqualTo("#b3261e");
        assertThat(attachment.path("fields").get(0).path("title").asString()).isEqualTo("Release");
    }

    @Test
    void whatARefuserMissedWaitsAndComesInOneWithTheIdThatItBeganWith() {
        hook.answer(500, Map.of());
        var receiver = around.add(Way.WEBHOOK, hook.url("/hook"));
        around.hear(run(12, "a1", "failed"));
        Wait.eventually(() -> state(receiver).failingSince().isPresent());
        assertThat(state(receiver).answer()).isEqualTo("500 said 500");
        for (int i = 0; i < 5; i++) {
            around.hear(run(13 + i, "b" + i, "failed"));
        }
        assertThat(around.notices.waiting(receiver)).isEqualTo(6);
        // Killed while it was tried: the same again, with the same id.
        around.restart();
        hook.answer(503, Map.of());
        around.clock.advance(Duration.ofSeconds(7));
        look(() -> state(receiver).answer().equals("503 said 503"));
        assertThat(hook.got().get(1).id()).isEqualTo(hook.got().get(0).id());
        hook.answer(204, Map.of());
        around.clock.advance(Duration.ofMinutes(1));
        look(() -> around.notices.waiting(receiver) == 0);
        assertThat(hook.types()).containsExactly("releases.failed", "releases.failed", "releases.failed", "digest");
        assertThat(hook.got().getLast().json().path("data").path("notices")).hasSize(5);
        assertThat(state(receiver).isWell()).isTrue();
    }

    @Test
    void whoIsDownForADayMissesNothing() {
        hook.answer(503, Map.of());
        var receiver = around.add(Way.WEBHOOK, hook.url("/hook"));
        around.hear(run(12, "a1", "failed"));
        Wait.eventually(() -> state(receiver).failingSince().isPresent());
        around.hear(run(13, "b1", "failed"));
        for (int hour = 0; hour < 24; hour++) {
            around.clock.advance(Duration.ofHours(1));
            look(() -> state(receiver).nextAt().isAfter(around.clock.now()));
        }
        assertThat(around.notices.waiting(receiver)).isEqualTo(2);
        var first = hook.got().getFirst().id();
        assertThat(hook.got()).allMatch(each -> each.id().equals(first));

        hook.answer(204, Map.of());
        around.clock.advance(Duration.ofHours(10));
        look(() -> around.notices.waiting(receiver) == 0);
        assertThat(hook.got().get(hook.got().size() - 2).id()).isEqualTo(first);
        assertThat(hook.got().getLast().id()).isNotEqualTo(first);
    }

    private Receiver.State state(Receiver receiver) {
        return around.notices.require(receiver.id(), each -> true).state();
    }

    @Test
    void oneThatAsksForPeaceGetsItAndOneThatIsGoneGetsNothingMore() {
        hook.answer(429, Map.of("Retry-After", "3600"));
        var receiver = around.add(Way.WEBHOOK, hook.url("/hook"));
        var others = new Hook();
        around.add(Way.SLACK, others.url("/other"), Kind.RECEIVERS);
        around.hear(run(12, "a1", "failed"));
        Wait.eventually(() -> state(receiver).answeredAt().isPresent());
        assertThat(state(receiver).nextAt()).isEqualTo(around.clock.now().plus(Duration.ofHours(1)));
        hook.answer(410, Map.of());
        around.clock.advance(Duration.ofHours(1));
        look(() -> !state(receiver).stopped().isEmpty());
        assertThat(around.notices.waiting(receiver)).isZero();
        hook.answer(200, Map.of());
        around.hear(run(13, "b2", "failed"));
        // The other one hears that the first cannot be told.
        look(() -> others.got().size() == 1);
        assertThat(others.got().getFirst().body()).contains("cannot be told: 429 said 429");
        others.close();
        assertThat(around.notices.waiting(receiver)).isZero();
        // Until somebody tries, and it answers.
        assertThat(around.notices.test(receiver, "kim")).isEqualTo("200 said 200");
        around.hear(run(14, "c3", "failed"));
        Wait.eventually(() -> hook.got().getLast().type().equals("releases.failed"));
    }

    @Test
    void aHangingReceiverHoldsUpNobodyAndEndsInAProblem() throws Exception {
        around.close();
        around = new Surroundings(folder, kept, Duration.ofSeconds(1));
        var hold = new CountDownLatch(1);
        hook.hold(hold);
        try (var quick = new Hook()) {
            var slow = around.add(Way.WEBHOOK, hook.url("/hook"));
            around.add(Way.WEBHOOK, quick.url("/hook"));
            around.hear(run(12, "a1", "failed"));
            Wait.eventually(() -> quick.got().size() == 1);
            Wait.eventually(() -> state(slow).failingSince().isPresent());
            assertThatThrownBy(() -> around.notices.test(slow, "kim"))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("notify.refused"));
            assertThat(state(slow).answer()).containsAnyOf("timed out", "did not come to an end");
        }
        hold.countDown();
    }

    @Test
    void aStormComesInParcels() {
        var receiver = around.add(Way.WEBHOOK, hook.url("/hook"));
        for (int i = 0; i < 10; i++) {
            around.hear(run(12 + i, "a" + i, "failed"));
            int sent = i + 1;
            Wait.eventually(() -> hook.got().size() == sent && around.notices.waiting(receiver) == 0);
        }
        for (int i = 10; i < 300; i++) {
            around.hear(run(12 + i, "a" + i, "failed"));
        }
        // None of which is of a preview, whose numbers begin after 100: 79 of 290.
        around.notices.look();
        assertThat(hook.got()).hasSize(10);
        around.clock.advance(Duration.ofMinutes(16));
        look(() -> hook.got().size() == 11);
        assertThat(hook.got().getLast().type()).isEqualTo("digest");
        Wait.eventually(() -> around.notices.waiting(receiver) == 29);
    }

    @Test
    void aReminderComesOnlyToWhoAskedForIt() {
        around.add(Way.WEBHOOK, hook.url("/never"));
        around.add(Way.WEBHOOK, hook.url("/daily"), "", Duration.ofHours(24));
        around.hear(new BackupFailed("/mnt/backup", "backup", "no space left"));
        Wait.eventually(() -> hook.got().size() == 2);
        for (int hour = 0; hour < 50; hour++) {
            around.clock.advance(Duration.ofHours(1));
            around.notices.look();
        }
        Wait.eventually(() -> hook.got().size() == 4);
        assertThat(hook.types())
                .containsExactly("backups.failed", "backups.failed", "backups.reminder", "backups.reminder");
    }

    @Test
    void ofAProjectAndOfKindsIsToldWhoAskedForThese() {
        var ofBlog = around.add(Way.WEBHOOK, hook.url("/blog"), "blog", Duration.ZERO)
                .receiver();
        var ofBackups = around.add(Way.SLACK, hook.url("/backups"), Kind.BACKUPS);
        around.add(Way.WEBHOOK, hook.url("/shop"), "shop", Duration.ZERO);
        around.hear(new BackupFailed("/mnt/backup", "backup", "no space left"));
        around.hear(run(12, "a1", "failed"));
        Wait.eventually(() -> hook.got().size() == 2);
        assertThat(state(ofBlog).answeredAt()).isEmpty();
        Wait.eventually(() -> state(ofBackups).answeredAt().isPresent());
        // Who came later hears no end of what they know nothing of.
        around.clock.advance(Duration.ofMinutes(1));
        var late = around.add(Way.WEBHOOK, hook.url("/late"));
        around.hear(run(13, "b2", "passed"));
        Wait.eventually(() -> hook.got().size() == 3);
        assertThat(state(late).answeredAt()).isEmpty();
    }

    @Test
    void aDiskThatGetsFullerIsToldAgainAndOneThatHasRoomIsOver() {
        around.add(Way.WEBHOOK, hook.url("/hook"));
        around.seen.add(disk("low"));
        around.notices.look();
        around.notices.look();
        awaitTypes("disk.warning");
        around.seen.set(0, disk("almost full"));
        around.notices.look();
        awaitTypes("disk.warning", "disk.warning");
        around.seen.clear();
        around.notices.look();
        around.clock.advance(Duration.ofMinutes(1));
        around.notices.look();
        awaitTypes("disk.warning", "disk.warning", "disk.recovered");
    }

    private static Sign disk(String mark) {
        return new Sign(
                Kind.DISK,
                "disk:sda1",
                "",
                mark,
                Sign.Words.of("disk of /data", "The disk is " + mark, ""),
                "Room again");
    }

    @Test
    void aMissedJobIsToldOnceAndIsNothingThatLasts() {
        around.add(Way.WEBHOOK, hook.url("/hook"));
        around.hear(new JobMissed("shop", "shop", "production", "nightly", 3, false));
        around.hear(new JobMissed("shop", "shop", "production", "nightly", 1, false));
        around.hear(new JobMissed("shop", "shop", "production", "hourly", 1, true));
        around.hear(new JobMissed("shop", "shop", "try-it", "hourly", 1, true));
        awaitTypes("jobs.failed", "jobs.failed");
        assertThat(hook.got().getFirst().json().path("data").path("headline").asString())
                .isEqualTo("Job nightly of shop was missed 3 times: the server was not there");
        assertThat(hook.got().getLast().json().path("data").path("headline").asString())
                .isEqualTo("Job hourly of shop was missed a time: the server was not there; it runs now, once");
        assertThat(around.notices.told(project -> true, 5))
                .allSatisfy(told -> assertThat(told.ended()).isPresent());
        around.clock.advance(Duration.ofHours(2));
        around.hear(new JobMissed("shop", "shop", "production", "nightly", 1, false));
        awaitTypes("jobs.failed", "jobs.failed", "jobs.failed");
    }

    @Test
    void aJobThatIsSkippedAgainAndAgainLastsUntilItRuns() {
        around.add(Way.WEBHOOK, hook.url("/hook"));
        around.hear(new JobSkipped("shop", "shop", "production", "nightly", 3, 7));
        around.hear(new JobSkipped("shop", "shop", "try-it", "nightly", 3, 7));
        awaitTypes("jobs.failed");
        assertThat(hook.got().getFirst().json().path("data").path("headline").asString())
                .isEqualTo("Job nightly of shop was skipped 3 times in a row: run 7 still goes on");
        around.hear(new JobResumed("shop", "shop", "production", "nightly", 11));
        awaitTypes("jobs.failed", "jobs.recovered");
        assertThat(hook.got().getLast().json().path("data").path("headline").asString())
                .isEqualTo("Job nightly of shop runs again");
    }

    @Test
    void ofWhatWasRemovedNobodyIsToldThatItIsWell() {
        around.add(Way.WEBHOOK, hook.url("/hook"));
        around.hear(run(12, "a1", "failed"));
        around.hear(new JobFailed("shop", "shop", "production", "nightly", 3, "exit 1"));
        around.hear(crash(4));
        around.seen.add(disk("low"));
        around.notices.look();
        awaitTypes("releases.failed", "jobs.failed", "crashes.failed", "disk.warning");

        around.gone.add(new Evidence.Place("shop", "", "", ""));
        around.gone.add(new Evidence.Place("shop", "shop", "production", "nightly"));
        around.gone.add(new Evidence.Place("shop", "shop", "production", ""));
        around.goneKeys.add("disk:sda1");
        around.seen.clear();
        around.notices.look();
        assertThat(around.notices.told(project -> true, 9))
                .hasSize(4)
                .allSatisfy(told -> assertThat(told.ended()).isPresent());
        around.clock.advance(Duration.ofHours(2));
        around.notices.look();
        around.hear(new BackupFailed("/mnt/backup", "backup", "no space left"));
        awaitTypes("releases.failed", "jobs.failed", "crashes.failed", "disk.warning", "backups.failed");
    }

    @Test
    void aNameThatLeadsElsewhereByNowIsNotFollowedIntoThisMachine() {
        var url = hook.url("/").replace("127.0.0.1", "hooks.invalid");
        around.names.put("hooks.invalid", List.of("192.0.2.1"));
        var order = new Receiver.Order(Way.WEBHOOK, url, "", Set.of(), Duration.ZERO, false, "lee");
        var strangers = around.notices.add(order).receiver();
        around.names.put("hooks.invalid", List.of("127.0.0.1"));
        assertThatThrownBy(() -> around.notices.test(strangers, "lee"))
                .hasMessageContaining("hooks.invalid is 127.0.0.1, which leads into this machine");
        assertThat(hook.got()).isEmpty();

        // No name server knows it: what arrives came by the address that was looked at.
        var owners = around.add(Way.SLACK, url);
        assertThat(around.notices.test(owners, "kim")).startsWith("200");
        assertThat(hook.got().getFirst().headers().get("host")).startsWith("hooks.invalid:");
        around.names.put("hooks.invalid", List.of());
        assertThatThrownBy(() -> around.notices.test(owners, "kim")).hasMessageContaining("there is no host");
    }

    @Test
    void addressesThatLeadIntoThisMachineAreForOwners() {
        for (var wrong : List.of(
                hook.url("/"),
                "http://[::1]:8080/",
                "http://169.254.169.254/latest/meta-data",
                "http://10.0.0.1/",
                "http://100.100.100.200/latest/meta-data",
                "http://168.63.129.16/",
                "http://[fd00:ec2::254]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[64:ff9b::a9fe:a9fe]/",
                "http://0.0.0.0/",
                "http://localhost:1/")) {
            var order = new Receiver.Order(Way.WEBHOOK, wrong, "shop", Set.of(), Duration.ZERO, false, "lee");
            assertThatThrownBy(() -> around.notices.add(order))
                    .as(wrong)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("notify.local"));
        }
        for (var wrong : List.of("ftp://example.com", "example.com", "https://kim:secret@example.com/", "http://")) {
            assertThatThrownBy(() -> around.add(Way.SLACK, wrong))
                    .as(wrong)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("no address of a webhook");
        }
        assertThatThrownBy(() -> around.add(Way.MAIL, "ops@example.com")).hasMessageContaining("no mail server");
        var added = around.add(Way.SLACK, hook.url("/services/s3cret"));
        assertThat(added.shown()).endsWith("/…").doesNotContain("s3cret");
        assertThatThrownBy(() -> around.add(Way.SLACK, hook.url("/services/s3cret")))
                .hasMessageContaining("already");
        around.notices.remove(added);
        assertThat(around.notices.receivers()).isEmpty();
        assertThat(Optional.of(added.id())).isNotEmpty();
    }
}
