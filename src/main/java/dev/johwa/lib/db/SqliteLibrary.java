package dev.johwa.lib.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteDataSource;
import org.sqlite.util.LibraryLoaderUtil;

/// The native part of SQLite, which lies in a jar and can only be loaded from a file.
public final class SqliteLibrary {
    private static final String FOLDER = "org.sqlite.lib.path";

    private SqliteLibrary() {}

    /// Unpacks it to `folder` for this process, before the first database is opened; it goes when the process ends by
    /// itself. The driver would do it too, and then compare the copy with the original byte by byte, which costs a
    /// start a tenth of a second. Where the driver brings none for this machine, it is left to tell so.
    ///
    /// @throws IOException when the copy cannot be written
    public static void unpackTo(Path folder) throws IOException {
        var resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        try (var packed = SQLiteDataSource.class.getResourceAsStream(resource)) {
            if (packed == null) {
                return;
            }
            var copy = folder.resolve(LibraryLoaderUtil.getNativeLibName());
            Files.copy(packed, copy);
            copy.toFile().deleteOnExit();
            System.setProperty(FOLDER, folder.toString());
        }
    }
}
