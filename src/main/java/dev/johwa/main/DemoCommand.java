package dev.johwa.main;

import dev.johwa.door.cli.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `johwa demo`.
@Command(name = "demo")
final class DemoCommand implements Callable<Integer> {
    DemoCommand(Session session) {}

    @Override
    public Integer call() {
        return 1;
    }
}
