package dev.johwa.watch.log.forward;

import dev.johwa.Parser;
import dev.johwa.lib.json.JsonValues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessagePacker;

/// Those of records that others forward.
public final class ForwardParsers {
    @FunctionalInterface
    private interface Packing {
        void into(MessagePacker packer) throws IOException;
    }

    private ForwardParsers() {}

    public static List<Parser> all() {
        return List.of(
                Parser.ofBytes(
                        "records of msgpack",
                        ForwardParsers::packed,
                        text(packer -> {
                            packer.packArrayHeader(4).packString("shop.a").packLong(1_700_000_000);
                            packer.packMapHeader(1).packString("message").packString("one");
                            packer.packMapHeader(1).packString("chunk").packString("c1");
                        }),
                        text(packer -> {
                            packer.packArrayHeader(2)
                                    .packString("shop")
                                    .packArrayHeader(1)
                                    .packArrayHeader(2);
                            packer.packArrayHeader(2)
                                    .packExtensionTypeHeader((byte) 0, 8)
                                    .writePayload(new byte[8]);
                            packer.packMapHeader(0)
                                    .packMapHeader(1)
                                    .packString("log")
                                    .packBinaryHeader(1);
                            packer.writePayload(new byte[1]);
                        }),
                        text(packer -> {
                            packer.packArrayHeader(3).packString("shop").packBinaryHeader(3);
                            packer.writePayload(new byte[] {(byte) 0x92, 1, (byte) 0x80})
                                    .packMapHeader(1);
                            packer.packString("compressed").packString("text");
                        })),
                Parser.ofBytes(
                        "records of JSON",
                        bytes -> {
                            var values = new JsonValues(new ByteArrayInputStream(bytes));
                            while (values.next().isPresent()) {
                                continue;
                            }
                        },
                        "[\"shop\",1700000000,{\"message\":\"a\"}]\n[\"shop\",[[1.5,{}]],{\"chunk\":\"c\"}]"));
    }

    private static String text(Packing packing) {
        try (var packer = MessagePack.newDefaultBufferPacker()) {
            packing.into(packer);
            return new String(packer.toByteArray(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void packed(byte[] bytes) throws IOException {
        try (var unpacker = MessagePack.newDefaultUnpacker(bytes);
                var allowance = new Allowance(new Semaphore(Allowance.PIECES))) {
            while (unpacker.hasNext()) {
                Message.read(new Values(unpacker, allowance), tag -> new Lot(tag, Instant.EPOCH), allowance);
            }
        } catch (MessagePackException e) {
            throw new IOException(e);
        }
    }
}
