package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.Pass;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which fields of a head end at a proxy (RFC 9110 §7.6.1), which only we may set, and how a head is written.
///
/// `_` counts as `-`: programs that see fields as environment values cannot tell the two apart.
final class Fields {
    private static final int COLON_AND_SPACE = ':' << 8 | ' ';
    private static final int LINE_END = '\r' << 8 | '\n';
    private static final Set<String> NEVER_NAMED =
            Set.of("host", "content-length", "transfer-encoding", "authorization", "cookie", "expect", "set-cookie");

    private Fields() {}

    /// Whether a field is for this hop only.
    static boolean endHere(CharSequence name) {
        return switch (name.length()) {
            case 2 -> is(name, "te");
            case 5 -> is(name, "proxy");
            case 7 -> is(name, "upgrade");
            case 10 -> is(name, "connection") || is(name, "keep-alive");
            case 16 -> is(name, "proxy-connection");
            case 18 -> is(name, "proxy-authenticate");
            case 19 -> is(name, "proxy-authorization");
            default -> false;
        };
    }

    /// Whether a field tells an app for whom we ask: what a stranger says there is not passed on.
    static boolean areOurs(CharSequence name) {
        int length = name.length();
        if (length == 9) {
            return is(name, "forwarded") || is(name, "x-real-ip");
        }
        if (length == 12) {
            return is(name, "x-request-id");
        }
        return length > 12 && (name.charAt(0) | 0x20) == 'x' && startsWith(name, "x-forwarded-");
    }

    private static boolean is(CharSequence name, String plain) {
        return name.length() == plain.length() && startsWith(name, plain);
    }

    private static boolean startsWith(CharSequence name, String plain) {
        for (int i = 0; i < plain.length(); i++) {
            char c = name.charAt(i);
            char lower = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c == '_' ? '-' : c;
            if (lower != plain.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Takes out of the fields behind a body what counts only before it, or what only we may say: some programs do not
    /// tell the two places apart.
    static void trim(HttpHeaders trailers) {
        for (var name : trailers.names()) {
            boolean isOfHead =
                    NEVER_NAMED.contains(name.toLowerCase(Locale.ROOT).replace('_', '-'));
            if (isOfHead || endHere(name) || areOurs(name) || Pass.SHARE.equalsIgnoreCase(name)) {
                trailers.remove(name);
            }
        }
    }

    /// Fields that `Connection` names as for this hop only; null for none.
    static @Nullable Set<String> named(HttpHeaders headers) {
        var connection = headers.get(HttpHeaderNames.CONNECTION);
        if (connection == null
                || isUsual(connection)
                        && headers.getAll(HttpHeaderNames.CONNECTION).size() == 1) {
            return null;
        }
        var names = new HashSet<String>();
        for (var value : headers.getAll(HttpHeaderNames.CONNECTION)) {
            for (var name : value.split(",", -1)) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        names.removeAll(NEVER_NAMED);
        return names;
    }

    private static boolean isUsual(String connection) {
        return AsciiString.contentEqualsIgnoreCase(connection, "keep-alive")
                || AsciiString.contentEqualsIgnoreCase(connection, "close")
                || AsciiString.contentEqualsIgnoreCase(connection, "upgrade");
    }

    static boolean isNamed(@Nullable Set<String> named, CharSequence name) {
        return named != null && named.contains(name.toString().toLowerCase(Locale.ROOT));
    }

    static void write(CharSequence name, CharSequence value, ByteBuf out) {
        out.ensureWritable(name.length() + value.length() + 4);
        text(name, out);
        out.writeShort(COLON_AND_SPACE);
        text(value, out);
        out.writeShort(LINE_END);
    }

    private static void text(CharSequence text, ByteBuf out) {
        if (text instanceof AsciiString ascii) {
            out.writeBytes(ascii.array(), ascii.arrayOffset(), ascii.length());
        } else {
            ByteBufUtil.writeAscii(out, text);
        }
    }
}
