package dev.johwa.serve.router.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A part of a file, read as quickly as a connection takes it: for those that encrypt, where the kernel cannot copy.
/// Used by one event loop.
final class FilePieces implements ChunkedInput<ByteBuf> {
    private static final int PIECE = 32 << 10;

    private final Path file;
    private final long start;
    private final long end;
    private long at;
    private @Nullable FileChannel open;

    FilePieces(Path file, long start, long length) {
        this.file = file;
        this.start = start;
        this.end = start + length;
        this.at = start;
    }

    @Override
    public boolean isEndOfInput() {
        return at >= end;
    }

    @Override
    public @Nullable ByteBuf readChunk(ByteBufAllocator allocator) throws IOException {
        if (isEndOfInput()) {
            return null;
        }
        var channel = open;
        if (channel == null) {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            open = channel;
        }
        var piece = allocator.buffer((int) Math.min(PIECE, end - at));
        int read = piece.writeBytes(channel, at, piece.writableBytes());
        if (read <= 0) {
            piece.release();
            throw new EOFException(file + " has become shorter");
        }
        at += read;
        return piece;
    }

    @Override
    @Deprecated
    public @Nullable ByteBuf readChunk(ChannelHandlerContext context) throws IOException {
        return readChunk(context.alloc());
    }

    @Override
    public long length() {
        return end - start;
    }

    @Override
    public long progress() {
        return at - start;
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }
}
