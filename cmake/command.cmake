# SPDX-License-Identifier: Apache-2.0
# command.cmake - tools/mote, the command, with the modules of lib/ inside.

file(GLOB erlang_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/erlang/*.erl)
compile_erlang(lib_beams ${CMAKE_BINARY_DIR}/lib/erlang ${erlang_sources})
add_embedded(lib_embedded ${lib_beams})

file(GLOB command_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/mote/*.c)
list(REMOVE_ITEM command_sources ${CMAKE_SOURCE_DIR}/tools/mote/embedded.c)
add_executable(mote ${command_sources})
# Layers call upwards only through tables, but the linker sees those calls too: one group.
target_link_libraries(mote PRIVATE mote_options lib_embedded
  -Wl,--start-group ${layers} mote_port -Wl,--end-group)
set_target_properties(mote PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
