package dev.johwa.source.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/// Random documents that are near to a `johwa.yaml`: known keys with values that fit, nearly fit, or do not at all.
final class Documents {
    private static final List<Object> SCALARS = Arrays.asList(
            "web",
            "worker",
            "job",
            "docker",
            "process",
            "lambda",
            "30s",
            "10m",
            "0s",
            "5",
            "500ms",
            "1x",
            "512Mi",
            "1G",
            "0Gi",
            "12345678901234567890",
            0,
            1,
            3,
            100,
            101,
            3000,
            65535,
            65536,
            -1,
            0.5,
            2.5,
            true,
            false,
            null,
            "",
            " ",
            "npm run build",
            "services/api",
            "../x",
            "/abs",
            "a/../b",
            "a/..",
            "/healthz",
            "health",
            "/a b",
            "STRIPE_KEY",
            "1KEY",
            "postgres",
            "mysql",
            "uploads/",
            "../uploads/",
            "uploads",
            "shop",
            "shop/api",
            "shop/api/x",
            "shop.example.com",
            "Shop.example.com",
            "localhost",
            "0 3 * * *",
            "* * *",
            "500m",
            "0.25",
            "3000",
            "070",
            "99",
            "main",
            "10.0.0.0/8",
            "/old /new 301",
            "release/*",
            "line\nline");
    private static final List<String> NAMES =
            List.of("production", "staging", "preview", "test", "api", "My_App", "-x", "a.b", "", "x y", "0");

    private final Random random;

    Documents(long seed) {
        this.random = new Random(seed);
    }

    Object next() {
        return random.nextInt(50) == 0 ? any(1) : project();
    }

    private Map<String, Object> project() {
        var map = keys(2);
        if (random.nextInt(3) == 0) {
            map.put("environments", named(this::environment));
        }
        if (random.nextInt(4) == 0) {
            map.put("apps", named(this::app));
        }
        return map;
    }

    private Object environment() {
        return random.nextInt(8) == 0 ? any(1) : keys(1);
    }

    private Object app() {
        var map = keys(1);
        if (random.nextInt(3) == 0) {
            map.put(random.nextInt(4) == 0 ? "apps" : "environments", named(this::environment));
        }
        return map;
    }

    private Object named(Supplier<Object> value) {
        if (random.nextInt(10) == 0) {
            return any(1);
        }
        var map = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            map.put(random.nextInt(4) == 0 ? pick(NAMES) : "staging", value.get());
        }
        return map;
    }

    private Map<String, Object> keys(int most) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            var path = pick(Key.ALL).path();
            put(map, path.split("\\."), 0);
        }
        if (random.nextInt(12) == 0) {
            map.put(random.nextBoolean() ? "instnaces" : "health.path", any(1));
        }
        return map;
    }

    private void put(Map<String, Object> map, String[] path, int at) {
        var name = path[at].equals("*")
                ? pick(List.of("A", "GREETING", "1A", "PORT", "a-b", "nightly", "Set-Cookie"))
                : path[at];
        if (at == path.length - 1) {
            map.put(name, value());
        } else if (random.nextInt(10) == 0) {
            map.put(name, any(1));
        } else {
            var below = new LinkedHashMap<String, Object>();
            put(below, path, at + 1);
            map.put(name, below);
        }
    }

    private Object value() {
        return random.nextInt(4) == 0 ? any(2) : pick(SCALARS);
    }

    private Object any(int depth) {
        int kind = random.nextInt(4);
        if (depth == 0 || kind < 2) {
            return pick(SCALARS);
        }
        if (kind == 2) {
            var list = new ArrayList<Object>();
            for (int i = random.nextInt(3); i > 0; i--) {
                list.add(any(depth - 1));
            }
            return list;
        }
        var map = new LinkedHashMap<String, Object>();
        map.put(pick(NAMES), any(depth - 1));
        return map;
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
