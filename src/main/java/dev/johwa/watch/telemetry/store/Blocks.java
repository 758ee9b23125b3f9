package dev.johwa.watch.telemetry.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The blocks of a tier. Guarded by the store.
final class Blocks {
    /// Who asks for the last thirty days does so a moment before they are read.
    private static final long SLACK = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(Blocks.class);

    private final Tier tier;
    private final Path folder;
    private final TreeMap<Span, Block> all = new TreeMap<>();
    /// Before this, something was let go.
    private long floor = Long.MIN_VALUE;

    Blocks(Path data, Tier tier) throws IOException {
        this.tier = tier;
        this.folder = Files.createDirectories(data.resolve(tier.folder()));
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                var span = Span.of(file.getFileName().toString());
                if (span.isPresent()) {
                    all.put(span.get(), new Block(file, span.get(), Files.size(file)));
                } else if (BlockWriter.isPart(file)) {
                    Files.delete(file);
                }
            }
        }
        dropMade();
    }

    /// What went into a wider block is there twice when the program ended before it was deleted.
    private void dropMade() throws IOException {
        for (var block : List.copyOf(all.values())) {
            if (block.span().length() > Span.HOUR) {
                for (var name : made(block)) {
                    Span.of(name).ifPresent(this::drop);
                }
            }
        }
    }

    static List<String> made(Block block) {
        try (var open = block.open()) {
            return open.made();
        } catch (IOException e) {
            LOG.warn("{} cannot be read", block.file(), e);
            return List.of();
        }
    }

    Tier tier() {
        return tier;
    }

    boolean has(Span span) {
        return all.containsKey(span);
    }

    /// A name that none has yet.
    Span free(Span span) {
        var free = span;
        while (has(free)) {
            free = free.number(free.number() + 1);
        }
        return free;
    }

    List<Block> within(long from, long until) {
        return all.values().stream()
                .filter(block ->
                        block.span().startMillis() <= until && block.span().endMillis() > from)
                .toList();
    }

    List<Block> of(long length) {
        return all.values().stream()
                .filter(block -> block.span().length() == length)
                .toList();
    }

    BlockWriter writer(Span span) throws IOException {
        return new BlockWriter(folder.resolve(span.name()));
    }

    void written(Span span) throws IOException {
        var file = folder.resolve(span.name());
        all.put(span, new Block(file, span, Files.size(file)));
    }

    void drop(Span span) {
        var block = all.remove(span);
        if (block != null) {
            try {
                Files.deleteIfExists(block.file());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Whether all that there ever was since then is here.
    boolean reaches(long from, long now) {
        return from >= Math.max(floor, now - tier.kept().toMillis() - SLACK);
    }

    long bytes() {
        return all.values().stream().mapToLong(Block::size).sum();
    }

    /// Lets go what is older than it is kept, and the oldest while there is more than the budget.
    ///
    /// @return how many bytes went for the budget's sake
    long trim(long now, long budget) {
        for (var span : new ArrayList<>(all.keySet())) {
            if (span.endMillis() < now - tier.kept().toMillis()) {
                drop(span);
            }
        }
        long before = bytes();
        long left = before;
        while (left > budget && !all.isEmpty()) {
            var oldest = all.firstKey();
            floor = Math.max(floor, oldest.endMillis());
            drop(oldest);
            left = bytes();
        }
        return before - left;
    }

    /// Takes away all that is after a moment.
    void cut(long until) throws IOException {
        floor = Math.min(floor, until);
        for (var block : List.copyOf(all.values())) {
            if (block.span().startMillis() > until) {
                drop(block.span());
            } else if (block.span().endMillis() > until - Tier.RAW.kept().toMillis()) {
                rewrite(block, until);
            }
        }
    }

    /// Names of what went into it are left out: files of these names may come once more.
    private void rewrite(Block block, long until) throws IOException {
        try (var open = block.open();
                var writer = writer(block.span())) {
            for (int i = 0; i < open.count(); i++) {
                var chunk = Coarser.until(until, open.chunk(i), tier.columns());
                if (chunk.length > Integer.BYTES) {
                    writer.add(open.id(i), chunk);
                }
            }
            writer.finish(List.of());
        }
        written(block.span());
    }

    /// When the newest one begins, in milliseconds since 1970.
    Optional<Long> newest() {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.lastKey().startMillis());
    }

    void ids(BitSet into) {
        for (var block : all.values()) {
            try (var open = block.open()) {
                open.ids(into);
            } catch (IOException e) {
                LOG.warn("{} cannot be read", block.file(), e);
            }
        }
    }

    Optional<Long> oldest() {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.firstKey().startMillis());
    }
}
