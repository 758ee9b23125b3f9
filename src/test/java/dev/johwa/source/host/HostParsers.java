package dev.johwa.source.host;

import dev.johwa.Parser;
import java.util.List;
import java.util.Map;

/// Those of hosts of repositories.
public final class HostParsers {
    private HostParsers() {}

    public static List<Parser> all() {
        return List.of(
                Parser.ofText(
                        "address of a repository",
                        text -> {
                            var address = Address.parse(text);
                            if (address.url().chars().anyMatch(letter -> letter <= ' ')
                                    || address.url().startsWith("-")) {
                                throw new IllegalStateException(address.url());
                            }
                        },
                        "https://github.com/acme/shop",
                        "git@github.com:acme/shop.git",
                        "ssh://git@host:2222/acme/shop"),
                Parser.ofBytes(
                        "webhook of a host",
                        bytes -> Doorbell.read(Map.of("x-gitlab-token", "s"), bytes, "s"),
                        "{\"repository\":{\"full_name\":\"a/b\"},\"sender\":{\"login\":\"kim\"}}",
                        "{\"project\":{\"path_with_namespace\":\"a/b\"},\"user_username\":\"kim\"}"),
                Parser.ofBytes(
                        "webhook as a form",
                        bytes -> Doorbell.read(
                                Map.of("x-gitlab-token", "s", "content-type", "application/x-www-form-urlencoded"),
                                bytes,
                                "s"),
                        "payload=%7B%22repository%22%3A%7B%22full_name%22%3A%22a%22%7D%7D"));
    }
}
