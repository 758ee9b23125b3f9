package dev.johwa.source.dockerfile;

import java.util.List;
import java.util.Random;

/// Dockerfiles that are nearly right: pieces of the grammar put together at random, some of them wrong. Equal seeds
/// make
/// equal files.
final class GeneratedDockerfiles {
    private static final List<String> WORDS = List.of(
            "a",
            "./b",
            "/c/",
            "$A",
            "${B}",
            "${A:-x}",
            "${A:+y}",
            "${B#x*}",
            "${B%%/*}",
            "${A/x/y}",
            "\"d e\"",
            "'f $A'",
            "g\\ h",
            "\\$A",
            "é",
            "<<",
            "<<EOF",
            "<<-'E'",
            "[\"a\"]",
            "[a]",
            "--",
            "a=b",
            "=",
            "\"",
            "'",
            "${",
            "80",
            "53/udp",
            "8000-8002",
            "#x",
            "`",
            "\\",
            "1<<2",
            "A=b",
            "C=\"d e\"",
            "https://e.example/x.tgz");
    private static final List<String> FLAGS = List.of(
            "--chown=1",
            "--chmod=755",
            "--chmod=u+x",
            "--link",
            "--link=false",
            "--link=",
            "--from=base",
            "--from=0",
            "--from=9",
            "--from=nope",
            "--exclude=x",
            "--exclude=y",
            "--parents",
            "--checksum=sha256:1",
            "--mount=type=cache,target=/x",
            "--mount=type=secret,id=a",
            "--mount=\"type=bind,source=a,target=/b\"",
            "--mount=type=tmpfs,size=1g",
            "--mount=",
            "--mount=type=ssh,required",
            "--mount=type=bind,required=true,target=/x",
            "--mount=size=1m,type=tmpfs,target=/x",
            "--mount=type=tmpfs,target=/x,size=1x",
            "--mount=type=cache,target=x,mode=0755,uid=5,sharing=Locked",
            "--mount=target=/x,rw=maybe",
            "--mount=type=secret,id=a,src=b",
            "--mount=target=/,ro",
            "--mount=type=cache,uid=a,target=/c",
            "--network=none",
            "--network=x",
            "--security=sandbox",
            "--device=a.b/c=d,required",
            "--interval=5s",
            "--timeout=1.5m",
            "--retries=3",
            "--retries=x",
            "--start-period=0",
            "--platform=linux/amd64",
            "--wrong",
            "--",
            "--mount=type=cache,from=$A",
            "--keep-git-dir",
            "--unpack",
            "--chown='a b'",
            "--é=x");
    private static final List<String> KEYWORDS = List.of(
            "RUN",
            "COPY",
            "ADD",
            "ENV",
            "ARG",
            "LABEL",
            "CMD",
            "ENTRYPOINT",
            "EXPOSE",
            "USER",
            "WORKDIR",
            "VOLUME",
            "STOPSIGNAL",
            "SHELL",
            "HEALTHCHECK",
            "HEALTHCHECK CMD",
            "HEALTHCHECK NONE",
            "ONBUILD",
            "ONBUILD RUN",
            "ONBUILD COPY",
            "MAINTAINER",
            "run",
            "Copy",
            "RUNN",
            "FROM");
    private static final List<String> ENDS = List.of(
            "\n", "\n", "\n", "\n", "\r\n", "\n\n", "\n# comment\n", " \\\n", "\\\n# c\n", " \\ \n\n", "\\\\\n");
    private static final List<String> JSON = List.of(
            "[\"a\", \"b c\"]",
            "[]",
            "[\"\\u0041\\n\"]",
            "[1]",
            "[\"a\",]",
            "['a']",
            "[\"a\"",
            "[\"a\"] x",
            "[null]",
            "[{\"a\": [1.5e3, true]}]",
            "[\"a\", [\"b\"]]",
            "[1e999]",
            "[ \"a\" , \"b\" ] ");

    private final Random random;

    GeneratedDockerfiles(long seed) {
        this.random = new Random(seed);
    }

    private String one(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean is(int percent) {
        return random.nextInt(100) < percent;
    }

    String next() {
        var text = new StringBuilder();
        if (is(8)) {
            text.append(one(List.of(
                    "# escape=`\n", "# escape=\\\n", "# syntax=docker/dockerfile:1\n", "#check=x\n", "\uFEFF")));
        }
        if (is(20)) {
            text.append(one(List.of("ARG A=1\n", "ARG B=alpine:3 A\n", "ARG C=$A\n", "ENV A=b\n")));
        }
        for (int stages = 1 + random.nextInt(3), i = 0; i < stages; i++) {
            text.append(one(List.of(
                    "FROM alpine:3\n",
                    "FROM alpine:3 AS base\n",
                    "FROM base\n",
                    "FROM scratch AS two\n",
                    "FROM ${B:-x}\n",
                    "from base as Three\n",
                    "FROM --platform=$TARGETPLATFORM alpine\n",
                    "FROM a b\n")));
            for (int lines = random.nextInt(6), j = 0; j < lines; j++) {
                statement(text);
            }
        }
        return text.toString();
    }

    private void statement(StringBuilder text) {
        text.append(is(5) ? "  " : "").append(one(KEYWORDS));
        for (int flags = is(30) ? 1 + random.nextInt(2) : 0; flags > 0; flags--) {
            text.append(' ').append(one(FLAGS));
        }
        if (is(15)) {
            text.append(' ').append(one(JSON));
        } else {
            for (int words = random.nextInt(4); words > 0; words--) {
                text.append(is(90) ? " " : "\t").append(one(WORDS));
            }
        }
        text.append(one(ENDS));
        if (is(10)) {
            text.append(one(List.of("EOF\n", "text\nEOF\n", "\tE\n", "x $A\nEOF\n")));
        }
    }
}
