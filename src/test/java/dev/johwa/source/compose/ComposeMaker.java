package dev.johwa.source.compose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Makes projects by chance: mostly right ones, of several files, with every key in several forms.
final class ComposeMaker {
    private static final List<String> SERVICES = List.of("web", "api", "db", "cache");
    private static final List<String> LINES = List.of(
            "image: nginx:${TAG:-1}",
            "image: \"postgres\"",
            "build: .",
            "build: {context: ./app, args: {A: 1, B: }, target: x}",
            "build: {context: app, args: [A=2, C], labels: {l: 1}}",
            "command: npm start",
            "command: [a, \"b c\"]",
            "command: sh -c \"echo $$A ${SET}\"",
            "command:",
            "entrypoint: /run.sh",
            "entrypoint: []",
            "ports: [80, \"8080:80\"]",
            "ports: [\"127.0.0.1:8081:81\", \"9000-9002:9000-9002/udp\"]",
            "ports: [{target: 80, published: 8080}, {target: 82}]",
            "expose: [1, \"2\"]",
            "expose: [2, \"3-4\"]",
            "environment: {A: 1, B: two, SET: , UNSET: , F: 1.50, T: true}",
            "environment: [A=2, SET, UNSET, \"C=${SET}\"]",
            "environment: {A: \"${UNSET:-x}\", D: \"${SET:+y}\", E: \"$SET-${EMPTY-z}\"}",
            "env_file: one.env",
            "env_file: [one.env, {path: two.env, required: false}]",
            "labels: {a: 1, b: x, c: }",
            "labels: [a=2, d]",
            "volumes: [\"data:/data\", \"./src:/src:ro\"]",
            "volumes: [{type: bind, source: ./b, target: /data}, /anon]",
            "volumes: [\"more:/data\", {type: tmpfs, target: /tmp, tmpfs: {size: 1m}}]",
            "networks: [front]",
            "networks: {front: {aliases: [x]}, back: }",
            "networks: {back: {ipv4_address: 10.0.0.2}}",
            "depends_on: [db]",
            "depends_on: {db: {condition: service_healthy}, cache: {condition: service_started, required: false}}",
            "depends_on: {cache: {condition: service_completed_successfully, restart: true}}",
            "links: [db, \"cache:c\"]",
            "healthcheck: {test: curl x, interval: 1m, retries: 3}",
            "healthcheck: {test: [CMD, a], timeout: 5s, start_period: 1h30m}",
            "healthcheck: {disable: true}",
            "restart: always",
            "restart: \"no\"",
            "profiles: [debug]",
            "profiles: [debug, test]",
            "deploy: {replicas: 2, resources: {limits: {cpus: \"0.5\", memory: 1g}}}",
            "deploy: {resources: {reservations: {memory: 512m}}, restart_policy: {condition: any, delay: 5s}}",
            "scale: 2",
            "scale: \"${NUMBER}\"",
            "mem_limit: 1g",
            "cpus: 0.5",
            "cpus: \"${HALF}\"",
            "ulimits: {nofile: 10}",
            "ulimits: {nofile: {soft: 1, hard: 2}, nproc: 5}",
            "secrets: [s1]",
            "secrets: [{source: s2, target: t, mode: 0400}]",
            "configs: [c1, {source: c1, target: /c}]",
            "logging: {driver: json-file, options: {max-size: 1m}}",
            "logging: {options: {max-file: 3}}",
            "logging: {driver: none}",
            "dns: 1.1.1.1",
            "dns: [8.8.8.8, 1.1.1.1]",
            "tmpfs: /run",
            "tmpfs: [/run, /cache]",
            "cap_add: [NET_ADMIN]",
            "cap_add: [SYS_TIME, NET_ADMIN]",
            "extra_hosts: [\"a:1.1.1.1\"]",
            "extra_hosts: {b: 2.2.2.2}",
            "sysctls: {net.core.somaxconn: 1024}",
            "sysctls: [net.core.somaxconn=512]",
            "privileged: ${TRUE}",
            "read_only: \"yes\"",
            "user: 1000:1000",
            "user: \"${SET}\"",
            "stop_grace_period: 1m30s",
            "devices: [\"/dev/a:/dev/b\"]",
            "devices: [{source: /dev/a, target: /dev/b, permissions: r}]",
            "pull_policy: if_not_present",
            "platform: linux/amd64",
            "init: true",
            "x-own: {a: 1}",
            "working_dir: /w",
            "annotations: {a: b}",
            "pid: \"service:db\"",
            "develop: {watch: [{action: rebuild, path: ./p}]}",
            "gpus: all",
            "group_add: [a, 1]");
    /// Seldom: most of them make a project wrong.
    private static final List<String> WRONG = List.of(
            "ports: [\"80:80\", \"x:1\"]",
            "volumes: [\"none:/x\"]",
            "networks: [nowhere]",
            "healthcheck: {test: [a]}",
            "unknown: 1",
            "env_file: {path: one.env}",
            "container_name: only",
            "network_mode: host",
            "depends_on: [web]",
            "mem_limit: much",
            "stop_grace_period: 1 minute",
            "command: \"a 'b\"",
            "scale: ${SET}",
            "image: \"${UNSET:?no}\"",
            "ports: 80",
            "environment: {1: 2}",
            "extends: cache");
    private static final List<String> TAILS = List.of(
            "volumes: {data: , more: {driver: local, labels: [a=1]}}",
            "networks: {front: , back: {internal: true, ipam: {config: [{subnet: 10.0.0.0/8}]}}}",
            "secrets: {s1: {file: ./s1}, s2: {environment: SET}}",
            "configs: {c1: {content: \"x ${SET}\"}}");
    private static final Map<String, String> AROUND =
            Map.of("SET", "value", "EMPTY", "", "NUMBER", "3", "HALF", "0.5", "TRUE", "true");

    private final Random random;

    ComposeMaker(Random random) {
        this.random = random;
    }

    ComposeCase project(String name) {
        var files = new LinkedHashMap<String, String>();
        files.put("base/one.env", "A=base\n");
        files.put("sub/one.env", "A=sub\n");
        files.put("one.env", "A=file\nB=${A}-${SET}\nQ=\"q\\n$UNSET\"\n");
        if (random.nextBoolean()) {
            files.put(".env", "TAG=from-dotenv\nDOT='d'\n");
        }
        var main = new StringBuilder(tails());
        if (random.nextInt(4) == 0) {
            files.put("sub/inner.yaml", services(List.of("inner", "db"), false));
            main.append("include: [sub/inner.yaml]\n");
        }
        boolean hasBase = random.nextInt(3) == 0;
        if (hasBase) {
            files.put("base/base.yaml", services(List.of("base"), false));
        }
        main.append(services(SERVICES, hasBase));
        files.put("compose.yaml", main.toString());
        if (random.nextInt(3) == 0) {
            files.put("compose.override.yaml", services(SERVICES.subList(0, 1 + random.nextInt(4)), false));
        }
        var profiles = random.nextInt(3) == 0 ? List.of("debug") : List.<String>of();
        return new ComposeCase(name, files, List.of(), profiles, AROUND);
    }

    private String tails() {
        var text = new StringBuilder(random.nextInt(5) == 0 ? "name: My ${SET}\n" : "");
        TAILS.stream()
                .filter(_ -> random.nextInt(40) != 0)
                .forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private String services(List<String> names, boolean hasBase) {
        var text = new StringBuilder("services:\n");
        for (var name : names) {
            text.append("  ").append(name).append(":\n");
            var keys = new ArrayList<String>();
            int count = 1 + random.nextInt(5);
            if (random.nextInt(60) != 0) {
                add("image: i", keys, text);
            }
            if (random.nextInt(40) == 0) {
                add(WRONG.get(random.nextInt(WRONG.size())), keys, text);
            }
            for (int i = 0; i < count; i++) {
                var line = LINES.get(random.nextInt(LINES.size()));
                boolean isCircle = List.of("db", "cache").contains(name) && line.matches("(depends_on|links|pid).*");
                if (!isCircle) {
                    add(line, keys, text);
                }
            }
            if (hasBase && random.nextInt(3) == 0) {
                add("extends: {file: base/base.yaml, service: base}", keys, text);
            } else if (names.contains("db") && !name.equals("db") && random.nextInt(8) == 0) {
                add("extends: db", keys, text);
            }
        }
        return text.toString();
    }

    /// No key stands twice.
    private void add(String line, List<String> keys, StringBuilder text) {
        var key = line.substring(0, line.indexOf(':'));
        if (!keys.contains(key)) {
            keys.add(key);
            text.append("    ")
                    .append(random.nextInt(30) == 0 ? tagged(line) : line)
                    .append('\n');
        }
    }

    private static String tagged(String line) {
        int colon = line.indexOf(':');
        return line.substring(0, colon + 1) + " !override" + line.substring(colon + 1);
    }
}
