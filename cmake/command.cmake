# SPDX-License-Identifier: Apache-2.0
# command.cmake - tools/mote, the command, with the modules of lib/ inside.

# ---- Erlang modules, compiled and embedded ----

find_program(ERLC erlc REQUIRED)
file(GLOB erlang_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/erlang/*.erl)
file(GLOB erlang_headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/erlang/*.hrl)
list(SORT erlang_sources)
set(beam_folder ${CMAKE_BINARY_DIR}/lib/erlang)
file(MAKE_DIRECTORY ${beam_folder})
set(beams)
set(embedded_list "")
foreach(source IN LISTS erlang_sources)
  get_filename_component(module ${source} NAME_WE)
  set(beam ${beam_folder}/${module}.beam)
  add_custom_command(OUTPUT ${beam}
    COMMAND ${ERLC} -Werror +deterministic -o ${beam_folder} ${source}
    DEPENDS ${source} ${erlang_headers} COMMENT "Compiling ${module}.erl" VERBATIM)
  list(APPEND beams ${beam})
  string(APPEND embedded_list "EMBEDDED(${module})\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/embedded.inc CONTENT "${embedded_list}")
add_custom_target(erlang_modules DEPENDS ${beams})

# ---- The command ----

file(GLOB command_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/mote/*.c)
add_executable(mote ${command_sources})
set_property(SOURCE ${CMAKE_SOURCE_DIR}/tools/mote/embedded.c APPEND PROPERTY OBJECT_DEPENDS "${beams}")
set_property(SOURCE ${CMAKE_SOURCE_DIR}/tools/mote/embedded.c APPEND PROPERTY
  COMPILE_OPTIONS -I${CMAKE_BINARY_DIR}/generated -I${beam_folder} -Wa,-I,${beam_folder})
add_dependencies(mote erlang_modules)
# Layers call upwards only through tables, but the linker sees those calls too: one group.
target_link_libraries(mote PRIVATE mote_options
  -Wl,--start-group ${layers} mote_port -Wl,--end-group)
set_target_properties(mote PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
