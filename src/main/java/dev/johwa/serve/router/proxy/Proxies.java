package dev.johwa.serve.router.proxy;

import dev.johwa.lib.http.AddressRange;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;

/// Proxies before us: what they say of their clients is believed, and of nobody else. Of `X-Forwarded-For` the last
/// address counts that is no proxy's: what stands before it may be the client's own invention.
record Proxies(List<AddressRange> ranges) {
    static final Proxies NONE = new Proxies(List.of());
    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    /// Java takes older ways to write an address too: `10.1` for 10.0.0.1.
    private static final Pattern FOUR = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    private static final int MOST_HOPS = 50;

    static Proxies of(List<String> ranges) {
        return ranges.isEmpty() ? NONE : new Proxies(AddressRange.all(ranges));
    }

    /// For whom the peer asks: itself, when it is none of these proxies.
    Asker asker(Asker peer, HttpHeaders headers) {
        if (ranges.isEmpty() || !AddressRange.contain(ranges, peer.remote())) {
            return peer;
        }
        return new Asker(client(peer.remote(), headers), isSecure(peer, headers));
    }

    private String client(String peer, HttpHeaders headers) {
        var hops = String.join(",", headers.getAll(FOR)).split(",", -1);
        var nearest = peer;
        for (int i = hops.length - 1; i >= Math.max(0, hops.length - MOST_HOPS); i--) {
            var hop = address(hops[i].strip());
            if (hop.isEmpty()) {
                return nearest;
            }
            nearest = hop;
            if (!AddressRange.contain(ranges, hop)) {
                return nearest;
            }
        }
        return nearest;
    }

    /// In numbers, with a port or without; empty when it is none, or has a zone, which is of one machine alone.
    private static String address(String hop) {
        var text = hop;
        if (hop.startsWith("[")) {
            text = hop.replaceFirst("^\\[([^]]*)](?::\\d{1,5})?$", "$1");
        } else if (hop.indexOf(':') == hop.lastIndexOf(':')) {
            text = hop.replaceFirst(":\\d{1,5}$", "");
        }
        try {
            boolean isPlain = text.contains(":")
                    ? !text.contains("%")
                    : FOUR.matcher(text).matches();
            return isPlain ? InetAddress.ofLiteral(text).getHostAddress() : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static boolean isSecure(Asker peer, HttpHeaders headers) {
        var all = String.join(",", headers.getAll(PROTO));
        var last = all.substring(all.lastIndexOf(',') + 1).strip();
        if (last.equalsIgnoreCase("https")) {
            return true;
        }
        return !last.equalsIgnoreCase("http") && peer.isSecure();
    }
}
