package dev.johwa.watch.log.forward;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;

/// Values of MessagePack as plain ones, within an allowance: what a length promises is not believed before it came.
final class Values {
    private static final int DEEPEST = 32;
    /// What a value takes beside its bytes.
    private static final int EACH = 8;
    private static final int STEP = 64 << 10;
    private static final byte EVENT_TIME = 0;

    private final MessageUnpacker unpacker;
    private final Allowance allowance;

    Values(MessageUnpacker unpacker, Allowance allowance) {
        this.unpacker = unpacker;
        this.allowance = allowance;
    }

    MessageUnpacker unpacker() {
        return unpacker;
    }

    ValueType type() throws IOException {
        return unpacker.getNextFormat().getValueType();
    }

    /// A map has texts as keys, whatever they were.
    @Nullable
    Object value() throws IOException {
        return value(0);
    }

    private @Nullable Object value(int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("a record is deeper than " + DEEPEST);
        }
        allowance.take(EACH);
        return switch (type()) {
            case NIL -> {
                unpacker.unpackNil();
                yield null;
            }
            case BOOLEAN -> unpacker.unpackBoolean();
            case INTEGER -> integer();
            case FLOAT -> real();
            case STRING -> text();
            case BINARY -> binary();
            case ARRAY -> list(depth);
            case MAP -> map(depth);
            case EXTENSION -> extension();
        };
    }

    private Object integer() throws IOException {
        var value = unpacker.unpackBigInteger();
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    /// JSON knows neither infinity nor what is no number.
    private Object real() throws IOException {
        boolean isShort = unpacker.getNextFormat() == MessageFormat.FLOAT32;
        double value = unpacker.unpackDouble();
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        return isShort ? (Object) (float) value : value;
    }

    String text() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /// The bytes of a text or of bytes: clients use both for both.
    byte[] bytes() throws IOException {
        int length = type() == ValueType.STRING ? unpacker.unpackRawStringHeader() : unpacker.unpackBinaryHeader();
        return payload(length);
    }

    private byte[] payload(int length) throws IOException {
        if (length <= STEP) {
            allowance.take(length);
            return unpacker.readPayload(length);
        }
        var bytes = new ByteArrayOutputStream(STEP);
        for (int left = length; left > 0; ) {
            int step = Math.min(left, STEP);
            allowance.take(step);
            bytes.writeBytes(unpacker.readPayload(step));
            left -= step;
        }
        return bytes.toByteArray();
    }

    /// Bytes that are a text, as one; others in base64.
    private Object binary() throws IOException {
        var bytes = bytes();
        var text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : Base64.getEncoder().encodeToString(bytes);
    }

    private List<@Nullable Object> list(int depth) throws IOException {
        int count = unpacker.unpackArrayHeader();
        var list = new ArrayList<@Nullable Object>();
        for (int i = 0; i < count; i++) {
            list.add(value(depth + 1));
        }
        return list;
    }

    private Map<String, @Nullable Object> map(int depth) throws IOException {
        int count = unpacker.unpackMapHeader();
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < count; i++) {
            map.put(String.valueOf(value(depth + 1)), value(depth + 1));
        }
        return map;
    }

    private Object extension() throws IOException {
        var header = unpacker.unpackExtensionTypeHeader();
        var bytes = payload(header.getLength());
        return eventTime(header, bytes)
                .<Object>map(Instant::toString)
                .orElseGet(() -> Base64.getEncoder().encodeToString(bytes));
    }

    /// Type 0, 8 bytes: seconds and nanoseconds, each four bytes.
    private static Optional<Instant> eventTime(ExtensionTypeHeader header, byte[] bytes) {
        if (header.getType() != EVENT_TIME || bytes.length != Long.BYTES) {
            return Optional.empty();
        }
        var parts = ByteBuffer.wrap(bytes);
        return Optional.of(
                Instant.ofEpochSecond(Integer.toUnsignedLong(parts.getInt()), Integer.toUnsignedLong(parts.getInt())));
    }

    /// The time of a record: seconds or an event time, or a list of it and of what is known beside; empty where it is
    /// not said, or none.
    Optional<Instant> time() throws IOException {
        if (type() != ValueType.ARRAY) {
            return moment();
        }
        int count = unpacker.unpackArrayHeader();
        var time = count > 0 ? moment() : Optional.<Instant>empty();
        for (int i = 1; i < count; i++) {
            value(1);
        }
        return time;
    }

    private Optional<Instant> moment() throws IOException {
        if (type() != ValueType.EXTENSION) {
            return seconds(value(1));
        }
        var header = unpacker.unpackExtensionTypeHeader();
        // 0 says that nobody knows.
        return eventTime(header, payload(header.getLength())).filter(time -> time.getEpochSecond() > 0);
    }

    /// 0 says that nobody knows.
    static Optional<Instant> seconds(@Nullable Object value) {
        try {
            return value instanceof Number number && number.doubleValue() > 0
                    ? Optional.of(Instant.ofEpochSecond(
                            number.longValue(),
                            number instanceof Double || number instanceof Float
                                    ? Math.round((number.doubleValue() - number.longValue()) * 1_000_000) * 1000
                                    : 0))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
