package dev.johwa.source.detect.stack;

import java.util.List;

/// Makes a folder in which Python packages are installed, with pip in it.
///
/// Python's own `venv` has pip install itself, which takes most of its time; here the files of the wheel that Python
/// carries are unpacked instead. Where it carries none, as Debian's, it is done in Python's own way.
public final class VirtualEnvironment {
    /// A program of Python; its argument is the folder. One that is there and whole stays as it is.
    public static final String MAKE = """
            # makes an environment, with the pip that Python carries
            import ensurepip, glob, os, sys, venv, zipfile
            folder = sys.argv[1]
            wheels = glob.glob(os.path.join(os.path.dirname(ensurepip.__file__), '_bundled', '*.whl'))
            venv.create(folder, symlinks=True, with_pip=not wheels)
            packages = os.path.join(folder, 'lib', 'python%d.%d' % sys.version_info[:2], 'site-packages')
            pip = os.path.join(folder, 'bin', 'pip')
            if not os.path.exists(pip):
                for wheel in wheels:
                    zipfile.ZipFile(wheel).extractall(packages)
                with open(pip, 'w') as file:
                    file.write('#!/bin/sh\\nexec "$(dirname -- "$(realpath -- "$0")")/python" -m pip "$@"\\n')
                os.chmod(pip, 0o755)
            """;

    private VirtualEnvironment() {}

    /// The command that makes it, for a folder relative to the project.
    public static List<String> make(String folder) {
        return List.of("python3", "-c", MAKE, folder);
    }
}
