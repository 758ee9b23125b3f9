package dev.johwa.watch.log.forward;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.value.ValueType;

/// One message of the protocol: its records, and what its sender wants told when they are kept.
///
/// @param chunk the name to be told, byte for byte; null where nothing is wanted
record Message(Lot lot, byte @Nullable [] chunk) {
    private static final int FEWEST = 2;
    private static final int MOST = 4;

    /// What a message says beside its records.
    private record Options(byte @Nullable [] chunk, String compressed) {
        static final Options NONE = new Options(null, "");
    }

    @FunctionalInterface
    interface LotMaker {
        Lot make(String tag);
    }

    /// Reads `[tag, time, record]`, `[tag, [[time, record]…]]` or `[tag, packed records]`, each with options or not.
    static Message read(Values values, LotMaker maker, Allowance allowance) throws IOException {
        int parts = values.unpacker().unpackArrayHeader();
        if (parts < FEWEST || parts > MOST) {
            throw new IOException("a message has " + parts + " parts");
        }
        var tag = tag(values);
        var lot = maker.make(tag);
        return switch (values.type()) {
            case ARRAY -> {
                int count = values.unpacker().unpackArrayHeader();
                for (int i = 0; i < count; i++) {
                    entry(values, lot);
                }
                yield new Message(lot, options(values, parts - 2).chunk());
            }
            case STRING, BINARY -> {
                var packed = values.bytes();
                var options = options(values, parts - 2);
                unpack(packed, options.compressed(), lot, allowance);
                yield new Message(lot, options.chunk());
            }
            case INTEGER, EXTENSION, FLOAT, NIL -> {
                if (parts < 3) {
                    throw new IOException("a message has no record");
                }
                lot.add(values.time(), values.value());
                yield new Message(lot, options(values, parts - 3).chunk());
            }
            case BOOLEAN, MAP -> throw new IOException("a message has neither time nor records");
        };
    }

    private static String tag(Values values) throws IOException {
        if (values.type() != ValueType.STRING && values.type() != ValueType.BINARY) {
            throw new IOException("a message has no tag");
        }
        var tag = values.text();
        if (tag.isEmpty() || tag.startsWith(".") || tag.length() > 1024) {
            throw new IOException("the tag of a message names no project");
        }
        return tag;
    }

    /// What is no `[time, record]` is left out.
    private static void entry(Values values, Lot lot) throws IOException {
        if (values.type() != ValueType.ARRAY) {
            values.value();
            lot.leave();
            return;
        }
        int parts = values.unpacker().unpackArrayHeader();
        Optional<Instant> time = parts > 0 ? values.time() : Optional.empty();
        var record = parts > 1 ? values.value() : null;
        for (int i = 2; i < parts; i++) {
            values.value();
        }
        lot.add(time, record);
    }

    private static void unpack(byte[] packed, String compressed, Lot lot, Allowance allowance) throws IOException {
        try (var unpacker = MessagePack.newDefaultUnpacker(Unpacking.of(compressed, packed))) {
            var values = new Values(unpacker, allowance);
            while (unpacker.hasNext()) {
                entry(values, lot);
            }
        }
    }

    private static Options options(Values values, int parts) throws IOException {
        if (parts <= 0) {
            return Options.NONE;
        }
        if (values.type() != ValueType.MAP) {
            values.value();
            return Options.NONE;
        }
        byte[] chunk = null;
        var compressed = "";
        int count = values.unpacker().unpackMapHeader();
        for (int i = 0; i < count; i++) {
            var name = String.valueOf(values.value());
            boolean isText = values.type() == ValueType.STRING || values.type() == ValueType.BINARY;
            var bytes = isText ? values.bytes() : null;
            if (bytes == null) {
                values.value();
            } else if (name.equals("chunk")) {
                chunk = Arrays.copyOf(bytes, bytes.length);
            } else if (name.equals("compressed")) {
                compressed = new String(bytes, StandardCharsets.UTF_8);
            }
        }
        return new Options(chunk, compressed);
    }
}
