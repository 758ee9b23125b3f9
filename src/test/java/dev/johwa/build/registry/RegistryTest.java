package dev.johwa.build.registry;

import static dev.johwa.build.registry.RegistryRig.about;
import static dev.johwa.build.registry.RegistryRig.descriptor;
import static dev.johwa.build.registry.RegistryRig.digest;
import static dev.johwa.build.registry.RegistryRig.image;
import static dev.johwa.build.registry.RegistryRig.name;
import static dev.johwa.build.registry.RegistryRig.next;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.johwa.Kept;
import dev.johwa.build.registry.Passes.Grant;
import dev.johwa.build.registry.Uploads.Bytes;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.identity.Identity;
import dev.johwa.source.identity.Permission;
import dev.johwa.source.identity.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Kept.class)
class RegistryTest {
    @Parameter
    Kept kept;

    @TempDir
    Path folder;

    private RegistryRig rig;

    @BeforeEach
    void open() {
        rig = new RegistryRig(kept, folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static void refused(Refusal refusal, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(Refusal.of(e.problem())).hasValue(refusal));
    }

    private static InputStream cutAfter(String text) {
        return new SequenceInputStream(new ByteArrayInputStream(text.getBytes(UTF_8)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the client is gone");
            }
        });
    }

    @Test
    void whatWasPushedIsThereAndTellsWhatItNames() throws Exception {
        rig.push("shop/api", "config");
        rig.push("shop/api", "layer");
        var taken = rig.put("shop/api", "v1", image("config", "layer"));

        var found = rig.registry
                .manifests()
                .find(name("shop/api"), Reference.of("v1"))
                .orElseThrow();
        assertThat(found.digest()).isEqualTo(taken.digest()).isEqualTo(digest(image("config", "layer")));
        assertThat(found.mediaType()).isEqualTo(Document.IMAGE);
        try (var bytes = rig.registry.open(found)) {
            assertThat(bytes.readAllBytes()).asString().isEqualTo(image("config", "layer"));
        }
        assertThat(rig.registry.blob(name("shop/api"), digest("layer"))).isPresent();
        assertThat(rig.registry.blob(name("shop/web"), digest("layer")))
                .as("of another repository")
                .isEmpty();
        assertThat(rig.registry.repositories()).containsExactly(name("shop/api"));
    }

    @Test
    void anUploadGoesOnAfterACutAndAfterARestart() throws Exception {
        var uploads = rig.registry.uploads();
        var id = uploads.begin(name("shop"));
        assertThatThrownBy(() -> uploads.append(name("shop"), id, Bytes.next(cutAfter("one "))))
                .hasMessage("the client is gone");
        assertThat(uploads.size(name("shop"), id)).isEqualTo(4);

        rig.restart();
        var again = rig.registry.uploads();
        refused(Refusal.BLOB_UPLOAD_UNKNOWN, () -> again.size(name("blog"), id));
        refused(
                Refusal.RANGE_INVALID,
                () -> again.append(
                        name("shop"),
                        id,
                        new Bytes(
                                new ByteArrayInputStream("two".getBytes(UTF_8)),
                                OptionalLong.of(9),
                                OptionalLong.empty())));
        refused(
                Refusal.SIZE_INVALID,
                () -> again.append(
                        name("shop"),
                        id,
                        new Bytes(
                                new ByteArrayInputStream("two".getBytes(UTF_8)),
                                OptionalLong.of(4),
                                OptionalLong.of(99))));
        again.append(name("shop"), id, next("two"));
        again.finish(name("shop"), id, digest("one two"));

        assertThat(rig.registry
                        .blob(name("shop"), digest("one two"))
                        .orElseThrow()
                        .size())
                .isEqualTo(7);
        assertThat(rig.files("uploads")).isZero();
        refused(Refusal.BLOB_UPLOAD_UNKNOWN, () -> again.append(name("shop"), id, next("more")));
    }

    @Test
    void whoLiesLeavesNothing() throws Exception {
        var uploads = rig.registry.uploads();
        var id = uploads.begin(name("shop"));
        uploads.append(name("shop"), id, next("these bytes"));
        refused(Refusal.DIGEST_INVALID, () -> uploads.finish(name("shop"), id, digest("other bytes")));
        rig.push("shop", "config");
        long before = rig.files("sha256");
        refused(Refusal.DIGEST_INVALID, () -> rig.put("shop", digest("x").text(), image("config")));
        refused(Refusal.MANIFEST_BLOB_UNKNOWN, () -> rig.put("shop", "v1", image("config", "layer")));
        refused(
                Refusal.MANIFEST_BLOB_UNKNOWN,
                () -> rig.put("shop", "v1", image("config").replace("\"size\":6", "\"size\":7")));
        refused(
                Refusal.MANIFEST_INVALID,
                () -> rig.put("shop", "v1", image("config").replace("on\":2", "on\":1")));
        refused(Refusal.MANIFEST_INVALID, () -> rig.put("shop", "v1", "[]"));
        refused(Refusal.MANIFEST_INVALID, () -> rig.put("shop", "v1", "{"));
        refused(Refusal.TOO_LARGE, () -> rig.put("shop", "v1", " ".repeat(Manifests.LARGEST) + "{}"));

        assertThat(rig.files("sha256")).isEqualTo(before);
        assertThat(rig.files("uploads")).isZero();
        assertThat(rig.files("incoming")).isZero();
        assertThat(rig.registry.manifests().tags(name("shop"), "", 10)).isEmpty();
    }

    @Test
    void aProjectHasItsQuotaAndAFullDiskTakesNothing() throws Exception {
        rig.push("shop", "x".repeat(600_000));
        var uploads = rig.registry.uploads();
        var id = uploads.begin(name("shop/two"));
        assertThatThrownBy(() -> uploads.append(name("shop/two"), id, next("y".repeat(600_000))))
                .hasMessageContaining("'shop' would take more than the 1.0 MB");
        assertThat(rig.files("uploads")).isZero();
        rig.push("blog", "y".repeat(600_000));

        rig.room = () -> {
            throw Problem.resource("disk.full", "the disk is almost full").exception();
        };
        assertThatThrownBy(() -> uploads.begin(name("blog"))).hasMessageContaining("almost full");
    }

    @Test
    void aBlobIsMountedFromWhereItsClientMayRead() {
        rig.push("shop", "layer");
        var uploads = rig.registry.uploads();
        assertThat(uploads.mount(name("blog"), digest("layer"), Optional.of(name("shop")), "blog"::equals))
                .isEmpty();
        assertThat(uploads.mount(name("blog"), digest("layer"), Optional.of(name("shop/x")), any -> true))
                .isEmpty();
        assertThat(uploads.mount(name("blog"), digest("other"), Optional.empty(), any -> true))
                .isEmpty();
        assertThat(uploads.mount(name("blog"), digest("layer"), Optional.empty(), any -> true))
                .isPresent();
        assertThat(rig.registry.blob(name("blog"), digest("layer"))).isPresent();
    }

    @Test
    void tagsRememberWhatTheyNamed() {
        rig.push("shop", "a");
        rig.push("shop", "b");
        var first = rig.put("shop", "latest", image("a")).digest().text();
        rig.put("shop", "latest", image("a"));
        rig.clock.advance(Duration.ofMinutes(1));
        var second = rig.put("shop", "latest", image("b")).digest().text();
        rig.clock.advance(Duration.ofMinutes(1));
        rig.registry.manifests().delete(name("shop"), Reference.of("latest"), "bob");

        assertThat(rig.registry.manifests().changes(name("shop")))
                .extracting(TagChange::from, TagChange::to, TagChange::by)
                .containsExactly(
                        tuple(Optional.of(second), Optional.empty(), "bob"),
                        tuple(Optional.of(first), Optional.of(second), "ann"),
                        tuple(Optional.empty(), Optional.of(first), "ann"));
        assertThat(rig.has("shop", second))
                .as("a tag goes and leaves its manifest")
                .isTrue();
        refused(
                Refusal.MANIFEST_UNKNOWN,
                () -> rig.registry.manifests().delete(name("shop"), Reference.of("latest"), "bob"));
    }

    @Test
    void garbageIsWhatNoTagNoSubjectAndNoReleaseNeeds() {
        for (var text : List.of("a", "b", "c", "d", "unused")) {
            rig.push("shop", text);
        }
        rig.put("shop", "latest", image("a"));
        var signature = rig.put("shop", digest(about(image("a"), "b")).text(), about(image("a"), "b"))
                .digest()
                .text();
        var released =
                rig.put("shop", digest(image("c")).text(), image("c")).digest().text();
        var loose =
                rig.put("shop", digest(image("d")).text(), image("d")).digest().text();
        var index = "{\"schemaVersion\":2,\"mediaType\":\"" + Document.INDEX + "\",\"manifests\":["
                + descriptor(image("a")) + "]}";
        rig.put("shop", "all", index);
        rig.registry.manifests().delete(name("shop"), Reference.of("latest"), "ann");

        rig.clock.advance(Duration.ofDays(6));
        rig.registry.collect(Set.of());
        assertThat(rig.has("shop", loose)).as("for a week").isTrue();
        rig.push("shop", "young");
        rig.clock.advance(Duration.ofDays(2));
        assertThat(rig.registry.seeBlob(name("shop"), digest("young")))
                .as("somebody relies on it")
                .isPresent();
        var held = rig.registry.collect(Set.of(Digest.of(image("c"))));

        assertThat(rig.has("shop", loose)).isFalse();
        assertThat(rig.has("shop", released)).isTrue();
        assertThat(rig.has("shop", digest(image("a")).text()))
                .as("the index names it")
                .isTrue();
        assertThat(rig.has("shop", signature)).as("what it signs is there").isTrue();
        assertThat(rig.registry.blob(name("shop"), digest("d"))).isEmpty();
        assertThat(rig.registry.blob(name("shop"), digest("unused"))).isEmpty();
        assertThat(rig.registry.blob(name("shop"), digest("young"))).isPresent();
        assertThat(held)
                .contains(Digest.of("a"), Digest.of("b"), Digest.of("c"), Digest.of(image("a")))
                .doesNotContain(Digest.of("d"), Digest.of(image("d")));
    }

    @Test
    void whatNobodyPulledOfAnotherRegistryForAWeekGoes() {
        rig.registry.mirrors().add("hub", "http://127.0.0.1:1");
        rig.push("hub/alpine", "config");
        rig.put("hub/alpine", "3", image("config"));
        rig.clock.advance(Duration.ofDays(6));
        rig.registry.collect(Set.of());
        assertThat(rig.has("hub/alpine", "3")).isTrue();
        rig.clock.advance(Duration.ofDays(2));
        assertThat(rig.registry.collect(Set.of())).isEmpty();
        assertThat(rig.registry.manifests().tagged(name("hub/alpine"))).isEmpty();
    }

    @Test
    void anUploadIsForgottenADayAfterItsLastByte() throws Exception {
        var id = rig.registry.uploads().begin(name("shop"));
        rig.age(rig.clock.now());
        rig.clock.advance(Duration.ofHours(23));
        rig.registry.collect(Set.of());
        assertThat(rig.registry.uploads().size(name("shop"), id)).isZero();
        rig.clock.advance(Duration.ofHours(2));
        rig.registry.collect(Set.of());
        refused(Refusal.BLOB_UPLOAD_UNKNOWN, () -> rig.registry.uploads().size(name("shop"), id));
        assertThat(rig.files("uploads")).isZero();
    }

    @Test
    void whatIsDamagedIsFoundAndHealedByAPush() throws Exception {
        var held = rig.push("shop", "layer");
        Files.writeString(
                folder.resolve("blobs/sha256")
                        .resolve(held.blob().hex().substring(0, 2))
                        .resolve(held.blob().hex()),
                "lay3r");
        rig.registry.hand(held, 1, 2, piece -> assertThat(piece.remaining()).isEqualTo(2));
        rig.clock.advance(Duration.ofDays(2));

        assertThatThrownBy(() -> rig.registry.hand(held, 0, 5, piece -> {})).hasMessageContaining("is damaged");
        assertThat(rig.registry.seeBlob(name("shop"), digest("layer"))).isEmpty();
        rig.push("shop", "layer");
        assertThat(rig.registry.seeBlob(name("shop"), digest("layer"))).isPresent();
    }

    @Test
    void anImageThatThePlatformPackedIsPulledByItsDigest() {
        rig.blobs.put("config".getBytes(UTF_8));
        rig.blobs.put("layer".getBytes(UTF_8));
        var manifest = rig.blobs.put(image("config", "layer").getBytes(UTF_8));
        rig.registry.adopt(name("shop"), manifest);

        assertThat(rig.registry.resolve(name("shop"), Reference.of(manifest.text())))
                .hasValue(manifest);
        assertThat(rig.registry.blob(name("shop"), digest("layer"))).isPresent();
        assertThat(rig.registry.usage("shop")).as("nobody pushed it").isZero();
        assertThat(rig.registry.missing(Set.of())).isEmpty();
        assertThat(rig.registry.missing(Set.of(Digest.of("layer"))))
                .extracting(Registry.Missing::what)
                .containsExactly("shop@" + digest("layer"));
        refused(Refusal.MANIFEST_INVALID, () -> rig.registry.adopt(name("shop"), Digest.of("layer")));
    }

    @Test
    void aPassOpensWhatItWasGivenForAndNoMoreThanItsHolderMay() {
        var passes = rig.registry.passes();
        var shop = name("shop/api");
        var credential = passes.give(new Grant(shop, false), "johwa", Duration.ofMinutes(5));
        assertThat(passes.identify(credential.password(), shop, Permission.READ)
                        .orElseThrow()
                        .roles())
                .isEqualTo(Map.of("shop", Role.VIEWER));
        assertThat(passes.identify(credential.password(), name("shop/web"), Permission.READ))
                .isEmpty();
        var push = passes.give(new Grant(shop, true), "johwa", Duration.ofMinutes(5));
        assertThat(passes.identify(push.password(), shop, Permission.PUSH)
                        .orElseThrow()
                        .may(Permission.PUSH, Optional.of("shop")))
                .isTrue();
        var viewer = new Identity("vera", "vera", Optional.of("vera"), Map.of("shop", Role.VIEWER));
        var asked = passes.give(() -> Optional.of(viewer), List.of(new Grant(shop, true)), Duration.ofMinutes(5));
        assertThat(passes.identify(asked, shop, Permission.PUSH)
                        .orElseThrow()
                        .may(Permission.PUSH, Optional.of("shop")))
                .isFalse();

        passes.end(push.password());
        assertThat(passes.holds(push.password())).isFalse();
        rig.clock.advance(Duration.ofMinutes(6));
        assertThat(passes.holds(credential.password())).isFalse();
    }

    @Test
    void namesAreThoseThatTheSpecificationHas() {
        for (var good : List.of("shop", "shop/api", "a.b/c_d/e__f/g--h")) {
            assertThat(name(good).text()).isEqualTo(good);
        }
        for (var bad : List.of("", "Shop", "shop/", "/shop", "shop//api", "shop/../x", "-a", "a.", "a".repeat(256))) {
            refused(Refusal.NAME_INVALID, () -> name(bad));
        }
        refused(Refusal.DIGEST_INVALID, () -> Reference.of("sha256:abc"));
        refused(Refusal.MANIFEST_INVALID, () -> Reference.of("-x"));
    }
}
