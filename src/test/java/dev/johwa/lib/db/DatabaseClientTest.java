package dev.johwa.lib.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseClientTest {
    private static DatabaseClient of(String address, String... arguments) {
        return DatabaseClient.of(URI.create(address), List.of(arguments));
    }

    @Test
    void noPasswordIsAmongTheWords() {
        var client = of("postgresql://shop:p%2Bw+%40@db.example.com/shop?sslmode=require", "-c", "select 1");
        assertThat(client.argv())
                .containsExactly("psql", "postgresql://shop@db.example.com/shop?sslmode=require", "-c", "select 1");
        assertThat(client.values()).containsEntry("PGPASSWORD", "p+w+@").hasSize(1);
    }

    @Test
    void eachKindIsCalledInItsOwnWords() {
        assertThat(of("mysql://shop:x@127.0.0.1:16001/shop_1", "-e", "select 1").argv())
                .containsExactly(
                        "mariadb",
                        "--host=127.0.0.1",
                        "--port=16001",
                        "--user=shop",
                        "--database=shop_1",
                        "-e",
                        "select 1");
        assertThat(of("mysql://db.example.com").argv())
                .containsExactly("mariadb", "--host=db.example.com", "--port=3306");
        assertThat(of("redis://default:x@127.0.0.1:16002/0", "dbsize").argv())
                .containsExactly(
                        "redis-cli", "-h", "127.0.0.1", "-p", "16002", "--user", "default", "-n", "0", "dbsize");
        assertThat(of("rediss://[::1]").argv()).containsExactly("redis-cli", "-h", "::1", "-p", "6379", "--tls");
    }

    @Test
    void valkeysClientStandsInForThatOfRedis() {
        var redis = of("redis://default:x@127.0.0.1:16002/0", "dbsize");
        assertThat(redis.among(program -> true)).contains(redis);
        assertThat(redis.among("valkey-cli"::equals)).hasValueSatisfying(client -> {
            assertThat(client.argv())
                    .startsWith("valkey-cli", "-h", "127.0.0.1")
                    .endsWith("dbsize");
            assertThat(client.values()).isEqualTo(redis.values());
        });
        assertThat(redis.among("psql"::equals)).isEmpty();
        assertThat(of("postgres://shop@127.0.0.1/shop").among("valkey-cli"::equals))
                .isEmpty();
    }

    @Test
    void withoutAPasswordNoneIsGiven() {
        assertThat(of("redis://127.0.0.1").values()).isEmpty();
        assertThat(of("postgres://shop@127.0.0.1/shop").values()).isEmpty();
    }
}
