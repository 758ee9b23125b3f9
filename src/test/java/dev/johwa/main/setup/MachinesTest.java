package dev.johwa.main.setup;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.io.TempDir;

/// A laptop and two servers, from the first `johwa setup` to the move from one to the other. To boot, install and warm
/// up
/// a server takes longer than what is asked of it: so each case finds them as the one before left them.
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class MachinesTest {
    @TempDir
    static Path scratch;

    private static Machines machines;

    @BeforeAll
    static void boot() throws IOException, InterruptedException {
        machines = new Machines(scratch);
    }

    @AfterAll
    static void end() throws IOException, InterruptedException {
        machines.close();
    }

    @Nested
    @Order(1)
    class Setup extends SetupCases {
        Setup() {
            super(machines);
        }
    }

    @Nested
    @Order(2)
    class Eject extends EjectCases {
        Eject() {
            super(machines);
        }
    }

    @Nested
    @Order(3)
    class Moves extends MoveCases {
        Moves() {
            super(machines);
        }
    }
}
