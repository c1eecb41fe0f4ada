# SPDX-License-Identifier: Apache-2.0
# layers.cmake - one static library per folder of src/, in the order of src/LAYERS.

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/LAYERS)
file(STRINGS ${CMAKE_SOURCE_DIR}/src/LAYERS rules REGEX "^[a-z]+:")
set(layers)       # all that have files, lowest first
foreach(rule IN LISTS rules)
  string(REGEX MATCHALL "[a-z]+" names "${rule}")
  list(POP_FRONT names layer)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${layer}/*.c)
  set(layer_${layer}_below)
  foreach(name IN LISTS names)
    if(TARGET layer_${name})
      list(APPEND layer_${layer}_below layer_${name})
    endif()
  endforeach()
  if(sources)
    add_library(layer_${layer} STATIC ${sources})
    target_link_libraries(layer_${layer} PUBLIC mote_options)
    list(APPEND layers layer_${layer})
  endif()
endforeach()

# Instruction bodies are functions that end in tail calls where the compiler makes jumps of them all
# (tools/check/tails looks), else labels of computed gotos: gcc must then not merge their jumps again.
# As cases of a switch, for chips, they are to be small instead.
set(tuning)
if(NOT MOTE_SWITCH)
  list(APPEND tuning -fno-gcse -fno-crossjumping)
endif()
if(MOTE_TAIL AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  set_property(SOURCE ${CMAKE_SOURCE_DIR}/src/vm/interp.c APPEND PROPERTY COMPILE_DEFINITIONS MOTE_TAIL)
  # The bodies' arguments stay in their registers: without this, more are moved away and back.
  list(APPEND tuning -fno-tree-coalesce-vars -falign-functions=32)
elseif(NOT MOTE_SWITCH)
  list(APPEND tuning --param=max-goto-duplication-insns=64)
endif()
if(NOT CMAKE_C_COMPILER_ID STREQUAL "GNU")
  set(tuning)
endif()
if(MOTE_LIBFUZZER) # Fuzzers run no code, and clang would work on this file for ten minutes.
  list(APPEND tuning -fno-sanitize=all)
endif()
set_property(SOURCE ${CMAKE_SOURCE_DIR}/src/vm/interp.c APPEND PROPERTY COMPILE_OPTIONS ${tuning})
