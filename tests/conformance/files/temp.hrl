%% SPDX-License-Identifier: Apache-2.0
%% temp.hrl - A folder for a program's files. Its path is not the same on both systems: it must not
%% be printed.

%% Runs Fun in an empty folder that is removed afterwards.
in_folder(Fun) ->
    Folder = "/tmp/mote_" ++ atom_to_list(?MODULE) ++ "_" ++ os:getpid(),
    _ = file:del_dir_r(Folder),
    ok = file:make_dir(Folder),
    ok = file:set_cwd(Folder),
    try
        Fun()
    after
        ok = file:set_cwd("/"),
        ok = file:del_dir_r(Folder)
    end.
