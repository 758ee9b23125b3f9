package dev.johwa.build.image;

import dev.johwa.build.image.KnownLayers.Known;
import dev.johwa.build.image.Manifest.Part;
import dev.johwa.lib.archive.ParallelGzip;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Writes and unpacks artifacts. Safe for use by many threads.
public final class Images {
    static final String APP = "app";
    private static final Duration YOUNG = Duration.ofHours(1);
    /// Well below [#YOUNG], by which what is in use is told from what is not.
    private static final Duration LATELY = Duration.ofMinutes(10);

    private static final Duration REMEMBERED = Duration.ofDays(30);
    /// A file that changed so lately may change again without its file system telling the difference.
    private static final Duration SETTLED = Duration.ofMillis(100);

    private final Blobs blobs;
    private final KnownLayers known;
    private final SharedFiles shared;
    private final Spares spares;
    private final Clock clock;
    /// A routing table names every site that is served: its manifests are not read for each table.
    private final Map<Digest, Unpacked> lately = new ConcurrentHashMap<>();

    /// @param unpacked folder that keeps the files of artifacts that were unpacked, by digest
    public Images(Blobs blobs, Path unpacked, Clock clock) {
        this.blobs = blobs;
        this.known = new KnownLayers(unpacked.resolve("known"));
        this.shared = new SharedFiles(unpacked, blobs, clock);
        this.spares = new Spares(shared.spares());
        this.clock = clock;
    }

    /// How the image starts when a container engine runs it.
    ///
    /// @param ports that it listens on
    public record Start(List<String> command, Map<String, String> environment, List<Integer> ports) {}

    /// Packs a folder. Equal names, bytes and rights to execute give an equal digest, whatever their order, times and
    /// owners. What did not change since an earlier pack is not compressed again; where the file system tells so,
    /// it is not even read. Sockets are left out; a pipe or a device is refused.
    ///
    /// @param layers relative folders of dependencies, each a layer of its own; the rest is the last layer
    /// @param exclude relative paths that are left out (`.git`, test reports, caches)
    public Artifact pack(Path folder, List<String> layers, List<String> exclude, Start start) {
        return pack(folder, layers, exclude, start, new Cancel());
    }

    /// The same, until it is cancelled: of the layer that was begun nothing stays.
    ///
    /// @throws ProblemException once cancelled
    public Artifact pack(Path folder, List<String> layers, List<String> exclude, Start start, Cancel cancel) {
        var packed = new ArrayList<Packed>();
        for (var layer : layers) {
            if (Files.isDirectory(folder.resolve(layer))) {
                packed.add(pack(folder, layer, Selection.only(layer, exclude), cancel));
            }
        }
        var rest = Stream.concat(exclude.stream(), layers.stream()).toList();
        packed.add(pack(folder, "", Selection.without(rest), cancel));
        var written = packed.stream().map(Packed::layer).toList();
        var config = Manifest.config(start, written);
        var manifest = Manifest.of(config, blobs.put(config), written);
        return new Artifact(
                blobs.put(manifest.bytes()),
                written.stream().mapToLong(Layer::size).sum(),
                packed.stream().mapToLong(Packed::added).sum());
    }

    /// @param added bytes that were not in the store before
    private record Packed(Layer layer, long added) {}

    private Packed pack(Path folder, String root, Selection selection, Cancel cancel) {
        try {
            var begun = clock.now();
            var scan = LayerScan.of(folder, selection::has, cancel);
            boolean settled = scan.changed().isBefore(begun.minus(SETTLED));
            var fingerprint = scan.fingerprint();
            var untouched = settled ? stored(fingerprint) : Optional.<Known>empty();
            if (untouched.isPresent()) {
                return new Packed(layer(untouched.get(), root), 0);
            }
            var packed = write(new LayerWriter(scan.files(), cancel), root);
            if (settled) {
                known.remember(
                        fingerprint,
                        new Known(packed.layer().blob(), packed.layer().content()));
            }
            return packed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Keeps an image that a container engine saved.
    ///
    /// @param identity digest of its configuration, by which the engine knows it
    /// @param saved the stream of its answer (`docker save`), read to its end
    /// @throws ProblemException when it ends early, or is not whole
    public Artifact keep(Digest identity, InputStream saved) {
        var artifact = SavedImage.keep(saved, blobs);
        remember(identity, artifact.manifest());
        return artifact;
    }

    /// Takes note of an image that its engine has put into the store.
    ///
    /// @param begun what came into the store since then counts as added
    /// @throws ProblemException when it is not whole, or another
    public Artifact given(Digest identity, Digest manifest, Instant begun) {
        var parts = parts(manifest);
        if (!identity(manifest).equals(identity) || !verify(manifest).isEmpty()) {
            throw Problem.external("image.incomplete", "the engine gave another image than it built")
                    .hint("push again")
                    .exception();
        }
        remember(identity, manifest);
        long added = parts.stream()
                .filter(part -> !blobs.bornAt(part).isBefore(begun))
                .mapToLong(this::bytes)
                .sum();
        return new Artifact(manifest, size(manifest), added);
    }

    private void remember(Digest identity, Digest manifest) {
        try {
            known.remember(ofEngine(identity), new Known(manifest, identity));
        } catch (IOException e) {
            throw SharedFiles.unwritable(e);
        }
    }

    /// The artifact of an image that was kept before, when all of it is there still; it counts as new then.
    public Optional<Artifact> kept(Digest identity) {
        return known.find(ofEngine(identity))
                .map(Known::blob)
                .filter(manifest -> blobs.has(manifest) && verify(manifest).isEmpty())
                .filter(manifest -> parts(manifest).stream().allMatch(part -> blobs.renew(part, clock.now())))
                .map(manifest -> new Artifact(manifest, size(manifest), 0));
    }

    private static String ofEngine(Digest identity) {
        return "image-" + identity.hex();
    }

    private long size(Digest manifest) {
        return manifest(manifest).layers().stream().mapToLong(Part::size).sum();
    }

    /// What the image of an artifact says of itself.
    public ImageFacts facts(Digest manifest) {
        return ImageFacts.read(blobs.read(manifest(manifest).config().digest()));
    }

    /// The digest by which container engines know the image of an artifact: that of its configuration.
    public Digest identity(Digest manifest) {
        return manifest(manifest).config().digest();
    }

    /// What became of such files, when it is still in the store.
    private Optional<Known> stored(String key) {
        return known.find(key).filter(found -> blobs.renew(found.blob(), clock.now()));
    }

    private Packed write(LayerWriter writer, String root) throws IOException {
        var content = new Digest[1];
        var stored = blobs.store(out -> {
            try (var gzip = new ParallelGzip(out)) {
                content[0] = writer.write(gzip);
            }
        });
        var layer = new Layer(stored.digest(), content[0], stored.size(), root);
        return new Packed(layer, stored.isNew() ? stored.size() : 0);
    }

    private Layer layer(Known found, String root) {
        return new Layer(found.blob(), found.content(), blobs.size(found.blob()), root);
    }

    /// The files of an artifact in a folder that is shared, read-only and kept; unpacked on first use, layer by layer.
    public Path unpack(Digest manifest) {
        var now = clock.now();
        var known = lately.get(manifest);
        if (known != null && known.at().isAfter(now.minus(LATELY)) && Files.isDirectory(known.place())) {
            return known.place();
        }
        var place = shared.whole(manifest, manifest(manifest));
        lately.put(manifest, new Unpacked(place, now));
        return place;
    }

    /// Where an artifact was found, and when.
    private record Unpacked(Path place, Instant at) {}

    /// Where files are unpacked since the machine started.
    public Path unpacked() {
        return shared.place();
    }

    /// The files of an artifact in a new folder of an instance's own, which may change without touching anything
    /// shared: reflinks where the file system has them, else copies.
    public void copyTo(Digest manifest, Path folder) {
        copyTo(manifest, folder, 0);
    }

    /// The same for an instance that runs as another account, which becomes the owner of all folders and of the
    /// application's files. Files of dependencies stay the server's, shared by hard link: the account can read,
    /// remove and replace them in its folder, but not write into them. Hidden folders among the dependencies, where
    /// tools keep what they generate, are copied.
    ///
    /// @param account unix account; 0 for the server's own, which could write into shared files and so gets copies
    public void copyTo(Digest manifest, Path folder, int account) {
        try {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            for (var layer : manifest(manifest).layers()) {
                if (!takeSpare(layer, folder, account)) {
                    copy(layer.digest(), folder, account, layer.root());
                }
            }
        } catch (IOException e) {
            throw SharedFiles.unwritable(e);
        }
    }

    /// The first layer of dependencies, where files are shared at all.
    private boolean takeSpare(Part layer, Path folder, int account) {
        return account != 0
                && !layer.root().isEmpty()
                && !Files.exists(folder)
                && spares.take(new Spares.Spare(layer.digest(), layer.root(), account), folder);
    }

    /// Gets ready for the next instance of those that were made lately; called when nobody waits.
    public void makeSpares() {
        try {
            spares.make((spare, place) -> copy(spare.layer(), place, spare.account(), spare.root()));
        } catch (IOException e) {
            throw SharedFiles.unwritable(e);
        }
    }

    private void copy(Digest layer, Path folder, int account, String root) throws IOException {
        TreeCopy.copy(shared.layer(layer), folder, account, sharing(root, account));
    }

    private static Predicate<Path> sharing(String dependencies, int account) {
        if (account == 0 || dependencies.isEmpty()) {
            return file -> false;
        }
        var root = Path.of(dependencies);
        return file -> file.startsWith(root) && !isHidden(root.relativize(file));
    }

    private static boolean isHidden(Path file) {
        for (var part : file) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private Manifest manifest(Digest digest) {
        return Manifest.read(blobs.read(digest), digest);
    }

    /// Whether every blob of it is there in its size; says what is not. What a blob holds is checked when it is read.
    public List<String> verify(Digest manifest) {
        try {
            var found = manifest(manifest);
            var wrong = new ArrayList<String>();
            verify("configuration", found.config(), wrong);
            found.layers().forEach(layer -> verify("layer", layer, wrong));
            return wrong;
        } catch (ProblemException e) {
            return List.of(e.problem().message());
        }
    }

    private void verify(String what, Part part, List<String> wrong) {
        var name = what + " " + part.digest().shortened();
        if (!blobs.has(part.digest())) {
            wrong.add(name + " is missing");
        } else if (blobs.size(part.digest()) != part.size()) {
            wrong.add(name + " has " + blobs.size(part.digest()) + " bytes instead of " + part.size());
        }
    }

    /// The same where nothing was pushed to the registry.
    public long collect(Set<Digest> keep) {
        return collect(keep, Set.of());
    }

    /// Deletes blobs and unpacked folders that no manifest of these needs, and none that was stored, packed again or
    /// used within the last hour: so a pack or a start that is under way loses nothing.
    ///
    /// @param keep manifests
    /// @param held blobs that stay whatever they are
    /// @return freed bytes of the store
    public long collect(Set<Digest> keep, Set<Digest> held) {
        var needed = new HashSet<>(keep);
        needed.addAll(held);
        keep.stream().filter(blobs::has).forEach(each -> {
            var manifest = manifest(each);
            needed.add(manifest.config().digest());
            manifest.layers().forEach(layer -> needed.add(layer.digest()));
        });
        var old = clock.now().minus(YOUNG);
        lately.clear();
        long freed = blobs.list().stream()
                .filter(digest -> !needed.contains(digest))
                .mapToLong(digest -> blobs.deleteOlder(digest, old))
                .sum();
        blobs.sweep(old);
        var names = new HashSet<>(needed.stream().map(Digest::hex).toList());
        spares.collect(names);
        shared.collect(names, old);
        known.forgetOlder(clock.now().minus(REMEMBERED));
        return freed;
    }

    /// Bytes that all artifacts take in the store; what is shared counts once.
    public long usage() {
        return blobs.list().stream().filter(blobs::has).mapToLong(blobs::size).sum();
    }

    /// All blobs in the store.
    public List<Digest> blobs() {
        return blobs.list();
    }

    public boolean has(Digest blob) {
        return blobs.has(blob);
    }

    /// Bytes that a blob takes in the store, 0 when it is not there.
    public long bytes(Digest blob) {
        return blobs.has(blob) ? blobs.size(blob) : 0;
    }

    /// The blobs that an artifact is made of, its manifest first.
    ///
    /// @throws ProblemException when the manifest is not there, or damaged
    public List<Digest> parts(Digest manifest) {
        var found = manifest(manifest);
        var layers = found.layers().stream().map(Part::digest);
        return Stream.concat(Stream.of(manifest, found.config().digest()), layers)
                .toList();
    }

    /// Reads a blob to its last byte; one that is damaged is set aside, so that the next pack stores it anew.
    ///
    /// @throws ProblemException when it is missing or damaged
    public void prove(Digest blob) {
        blobs.prove(blob);
    }

    /// Reads a blob as a stream, for those who show it to others.
    public InputStream open(Digest blob) {
        return blobs.open(blob);
    }
}
