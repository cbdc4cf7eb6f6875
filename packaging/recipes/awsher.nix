{ pkgs ? import <nixpkgs> { } }:

pkgs.stdenvNoCC.mkDerivation {
  pname = "awsher";
  version = "@VERSION@";
  src = pkgs.fetchurl {
    url = "@TARBALL@";
    sha256 = "@SHA256@";
  };
  nativeBuildInputs = [ pkgs.makeWrapper pkgs.installShellFiles ];
  dontBuild = true;
  installPhase = ''
    mkdir -p $out/lib/awsher
    cp -r . $out/lib/awsher
    makeWrapper ${pkgs.nodejs}/bin/node $out/bin/awsher --add-flags $out/lib/awsher/dist/cli/awsher.js
    makeWrapper ${pkgs.nodejs}/bin/node $out/bin/awsher-open --add-flags $out/lib/awsher/dist/cli/awsher-open.js
    installManPage docs/awsher.1
  '';
  meta = {
    description = "@SUMMARY@";
    homepage = "@URL@";
    license = "@LICENSE@";
    mainProgram = "awsher";
  };
}
